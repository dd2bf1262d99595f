using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Common;

[TestFixture]
public sealed class DomainJsonTests
{
    [Test]
    public void Write_WhenConversationIsText_GivesRoleAndContent() => Assert.That(
        DomainJson.Write(new Conversation("Sei kurz.", MessageContent.Of("„Größe“ 😀?\n"), "\"ja\"").Messages),
        Is.EqualTo("""[{"role":"system","content":"Sei kurz."},{"role":"user","content":"„Größe“ 😀?\n"},{"role":"assistant","content":"\"ja\""}]"""));

    [Test]
    public void Write_WhenContentHasImages_GivesParts() => Assert.That(
        DomainJson.Write(MessageContent.Of("What?", "/Volumes/a/b/c/1.png", "/Volumes/a/b/c/2.png")),
        Is.EqualTo("""[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"/Volumes/a/b/c/1.png"}},{"type":"image_url","image_url":{"url":"/Volumes/a/b/c/2.png"}}]"""));

    [TestCase("text")]
    [TestCase("")]
    public void Read_WhenMessagesWereWritten_GivesThemBack(string question)
    {
        IReadOnlyList<ChatMessage> messages = new Conversation("s", MessageContent.Of(question, "/Volumes/a/b/c/1.png"), "a").Messages;
        Assert.That(DomainJson.Read<List<ChatMessage>>(DomainJson.Write(messages)), Is.EqualTo(messages));
    }

    [TestCase("""[{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"after"}]""")]
    [TestCase("""[{"type":"audio"}]""")]
    [TestCase("[]")]
    [TestCase("1")]
    [TestCase("null")]
    public void Read_WhenContentHasNoSuchShape_Throws(string json) =>
        Assert.That(() => DomainJson.Read<MessageContent>(json), Throws.InstanceOf<FormatException>());

    [Test]
    public void Read_WhenConfigWasWritten_GivesItBack()
    {
        var config = new GenerationConfig
        {
            LabelingMode = LabelingMode.ExistingColumn,
            Temperature = 0,
            ColumnMapping = new Dictionary<string, string> { ["Note"] = "inspectorNote" },
            ResponseColumn = "verdict",
            Execution = ExecutionMode.Job,
        };
        var json = DomainJson.Write(config);
        Assert.Multiple(() =>
        {
            Assert.That(json, Does.Contain("\"labeling_mode\":\"existing_column\"").And.Contain("\"temperature\":0,").And.Contain("\"model\":null"));
            Assert.That(json, Does.Contain("""{"Note":"inspectorNote"}"""));
            Assert.That(DomainJson.Write(DomainJson.Read<GenerationConfig>(json)), Is.EqualTo(json));
        });
    }

    [Test]
    public void Read_WhenMetadataWasWritten_GivesItBack()
    {
        var metadata = new GenerationMetadata
        {
            TemplateVersion = 3,
            Model = "m",
            Temperature = 0.2,
            ResponseFormat = "json_schema",
            Attempts = 2,
            FewShotRefs = ["a", "b"],
            Error = new GenerationError("length", "Cut off."),
        };
        var read = DomainJson.Read<GenerationMetadata>(DomainJson.Write(metadata));
        Assert.Multiple(() =>
        {
            Assert.That(read with { FewShotRefs = metadata.FewShotRefs }, Is.EqualTo(metadata));
            Assert.That(read.FewShotRefs, Is.EqualTo(metadata.FewShotRefs));
        });
    }

    [Test]
    public void Write_WhenTemplateHasOutputSchema_EmbedsItAsJson()
    {
        var draft = TemplateBuilder.Template(outputSchema: """{"type":"object"}""").ToDraft();
        var json = DomainJson.Write(draft);
        Assert.Multiple(() =>
        {
            Assert.That(json, Does.Contain("""
                "output_schema":{"type":"object"}
                """.Trim()));
            Assert.That(DomainJson.Read<TemplateDraft>(json).OutputSchema, Is.EqualTo(draft.OutputSchema));
            Assert.That(DomainJson.Read<TemplateDraft>("{}").OutputSchema, Is.Null);
            Assert.That(DomainJson.Read<TemplateDraft>("""{"output_schema":null}""").OutputSchema, Is.Null);
        });
    }

    [Test]
    public void Write_WhenTimeHasAnOffset_GivesUtc() => Assert.That(
        DomainJson.Write(new DateTimeOffset(2026, 3, 1, 8, 30, 15, TimeSpan.FromHours(2)).AddTicks(1_234_567)),
        Is.EqualTo("\"2026-03-01T06:30:15.123456Z\""));

    [Test]
    public void Write_WhenUsesAreASet_GivesTheirNames()
    {
        Assert.That(DomainJson.Write(Uses.FewShot | Uses.Training), Is.EqualTo("""["training","few_shot"]"""));
        Assert.That(DomainJson.Read<Uses>("""["few_shot","training"]"""), Is.EqualTo(Uses.FewShot | Uses.Training));
        Assert.That(() => DomainJson.Read<Uses>("""["all"]"""), Throws.InstanceOf<FormatException>());
    }

    [TestCase("""{"labeling_mode":"AiGenerated"}""")]
    [TestCase("""{"labeling_mode":0}""")]
    [TestCase("""{"column_mapping":null}""")]
    public void Read_WhenAValueIsNone_Throws(string json) => Assert.That(
        () => DomainJson.Read<GenerationConfig>(json), Throws.InstanceOf<FormatException>().With.InnerException.InstanceOf<JsonException>());
}

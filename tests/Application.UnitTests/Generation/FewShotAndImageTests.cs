using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

public sealed class FewShotAndImageTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];

    private static readonly string DataUri = $"data:image/png;base64,{Convert.ToBase64String(Png)}";

    [Test]
    public async Task Generate_WhenFewShotIsAsked_PutsTheMostSimilarLabelledItemsBeforeTheQuestion()
    {
        await using var bench = new Workbench()
            .WithRow("a", ("note", "solder bridge between pins of U2"))
            .WithRow("b", ("note", "board edge chipped by the router"))
            .WithRow("c", ("note", "scratch across the mask"))
            .WithRow("q", ("note", "bridge of solder between two pins"));
        foreach (var item in new[] { "a", "b", "c" }) await bench.Labels.UpsertAsync(LabelBuilder.Label(item, $"label {item}"), CancellationToken.None);

        await bench.GenerateAsync(new GenerationConfig { FewShot = 1 });

        var example = bench.Model.Asked.Single().Prompt.Examples.Single();
        Assert.Multiple(() =>
        {
            Assert.That((example.Item, example.Answer), Is.EqualTo(("a", "label a")));
            Assert.That(example.Question.Text, Is.EqualTo("Which defect is it? solder bridge between pins of U2"));
            Assert.That(bench.PairOf("q").Metadata.FewShotRefs, Is.EqualTo(new[] { "a" }));
        });
    }

    [Test]
    public async Task Generate_WhenALabelMayNotBeUsedForFewShot_IsNoExample()
    {
        await using var bench = new Workbench().WithItems(3);
        await bench.WithLabelsAsync([0], new UsagePolicy(Uses.All, Uses.FewShot));
        await bench.WithLabelsAsync([1], new UsagePolicy(Uses.Training, Uses.None));

        await bench.GenerateAsync(new GenerationConfig { FewShot = 5 });

        Assert.That(bench.Model.Asked.Single().Prompt.Examples, Is.Empty);
    }

    [Test]
    public async Task Generate_WhenTheModelNeedsExamples_GetsThemWhateverTheRequestSays()
    {
        await using var bench = await new Workbench(model: new FakeFoundationModel { LeastExamples = 1 }).WithItems(2).WithLabelsAsync([0]);

        await bench.GenerateAsync();

        Assert.That(bench.Model.Asked.Single().Prompt.Examples.Select(example => example.Item), Is.EqualTo(new[] { "item-000" }));
    }

    [Test]
    public async Task Generate_WhenAnItemHasImages_ShowsTheirBytesAndStoresTheirPaths()
    {
        await using var bench = new Workbench(SheetBuilder.Table(imageColumns: ["photo"])).WithRow("a", ("note", "x"), ("photo", "/Volumes/c/s/v/a.png"));
        bench.Source.AddFile("/Volumes/c/s/v/a.png", Png);

        await bench.GenerateAsync();

        Assert.That(bench.Model.Asked.Single().Prompt.Question, Is.EqualTo(MessageContent.Of("Which defect is it? x", DataUri)));
        Assert.That(bench.PairOf("a").Conversation.User, Is.EqualTo(MessageContent.Of("Which defect is it? x", "/Volumes/c/s/v/a.png")));
    }

    [TestCase("/Volumes/c/s/v/missing.png")]
    [TestCase("https://example.com/a.png")]
    [TestCase("/Volumes/c/s/v/../../x.png")]
    [TestCase("/etc/passwd")]
    public async Task Generate_WhenAnImageCannotBeRead_FlagsThatItemAndAsksNothing(string path)
    {
        await using var bench = new Workbench(SheetBuilder.Table(imageColumns: ["photo"])).WithRow("a", ("note", "x"), ("photo", path));

        await bench.GenerateAsync();

        Assert.That((bench.PairOf("a").Metadata.Error?.Code, bench.Model.Calls), Is.EqualTo(("image_unreadable", 0)));
    }

    [Test]
    public async Task Generate_WhenTheSheetIsAVolumeOfImages_ShowsEachFile()
    {
        await using var bench = new Workbench(SheetBuilder.Volume(), TemplateBuilder.Template(userPrompt: "What is on {{name}}?"));
        bench.Source.AddFile("/Volumes/factory/quality/photos/left/1.png", Png);

        await bench.GenerateAsync();

        Assert.That(bench.Model.Asked.Single().Prompt.Question, Is.EqualTo(MessageContent.Of("What is on 1.png?", DataUri)));
        Assert.That(bench.PairOf("left/1.png").Conversation.User.ImageUrls, Is.EqualTo(new[] { "/Volumes/factory/quality/photos/left/1.png" }));
    }

    [Test]
    public async Task Generate_WhenTheSheetIsAVolumeOfTexts_AsksAboutTheirContent()
    {
        await using var bench = new Workbench(SheetBuilder.Volume(), TemplateBuilder.Template(userPrompt: "Summarise: {{content}}"));
        bench.Source.AddFile("/Volumes/factory/quality/photos/a.txt", "hello"u8.ToArray());

        await bench.GenerateAsync();

        Assert.That(bench.PairOf("a.txt").Conversation.User, Is.EqualTo(MessageContent.Of("Summarise: hello")));
    }
}

using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

public abstract partial class PromptTemplateRepositoryContract
{
    private static readonly TemplateId Triage = new("triage");

    [TestCaseSource(nameof(Shapes))]
    public async Task FindVersionAsync_WhenAPublishedVersionWasReplaced_GivesItBackWhole(PromptTemplate shape)
    {
        var template = PromptTemplate.Create(shape.Id, shape.ToDraft() with { Status = "published" }, shape.Version).Value;
        await AddAsync(template);
        Assert.That(await Templates.ReplaceAsync(TemplateBuilder.Template(version: template.Version + 1), Published, None), Is.True);

        var kept = (await Templates.FindVersionAsync(Triage, template.Version, None))!;

        Assert.That((Plain.Text(kept.Template), kept.Published), Is.EqualTo((Plain.Text(template), Published)));
    }

    [Test]
    public async Task FindVersionAsync_WhenTheVersionIsThePresentOne_GivesItWhateverItsStatus()
    {
        await AddAsync(TemplateBuilder.Template(name: "draft of today"));

        var present = (await Templates.FindVersionAsync(Triage, 1, None))!;

        Assert.That((present.Template.Name, present.Published), Is.EqualTo(("draft of today", (Publication?)null)));
    }

    [Test]
    public async Task FindVersionAsync_WhenTheVersionIsADraftOfThePastOrOfAnotherTemplate_IsNull()
    {
        await AddAsync(TemplateBuilder.Template(), TemplateBuilder.Template("other", status: "published"));
        await Templates.ReplaceAsync(TemplateBuilder.Template(version: 2), Published, None);

        Assert.That(await Templates.FindVersionAsync(Triage, 1, None), Is.Null);
        Assert.That(await Templates.FindVersionAsync(new TemplateId("nobody"), 1, None), Is.Null);
    }

    [Test]
    public async Task ListVersionsAsync_WhenReadPageByPage_GivesPublishedVersionsAndThePresentOneNewestFirst()
    {
        await AddAsync(TemplateBuilder.Template(status: "published"), TemplateBuilder.Template("other", status: "published"));
        foreach (var (version, status) in new[] { (2, "draft"), (3, "published"), (4, "published"), (5, "archived"), (6, "published"), (7, "draft") })
        {
            Assert.That(await Templates.ReplaceAsync(TemplateBuilder.Template(version: version, status: status), Published, None), Is.True);
        }

        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "7 Draft", "6 Published", "4 Published", "3 Published", "1 Published" }));
    }

    [Test]
    public async Task ListVersionsAsync_WhenThereIsNoTemplate_GivesNone() => Assert.That(await VersionsAsync(), Is.Empty);

    [Test]
    public async Task ReplaceAsync_WhenManyPublishTheSameVersionAtOnce_KeepsTheOneThatIsStored()
    {
        await AddAsync(TemplateBuilder.Template(status: "published"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Templates.ReplaceAsync(TemplateBuilder.Template(name: $"n{i}", version: 2, status: "published"), Published, None)));

        var kept = (await Templates.FindVersionAsync(Triage, 2, None))!;
        Assert.That(Plain.Text(kept.Template), Is.EqualTo(Plain.Text((await Templates.FindAsync(Triage, None))!)));
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "2 Published", "1 Published" }));
    }

    [Test]
    public async Task ReplaceAsync_WhenItIsNotTheNextVersion_KeepsNoneOfIt()
    {
        await AddAsync(TemplateBuilder.Template());

        await Templates.ReplaceAsync(TemplateBuilder.Template(version: 3, status: "published"), Published, None);

        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "1 Draft" }));
    }

    [Test]
    public async Task DeleteAsync_WhenVersionsWerePublished_DeletesThemSoThatALaterTemplateHasOnlyItsOwn()
    {
        await AddAsync(TemplateBuilder.Template(name: "of old", status: "published"), TemplateBuilder.Template("other", status: "published"));
        await Templates.DeleteAsync(Triage, None);
        await AddAsync(TemplateBuilder.Template(name: "of today", status: "published"));

        Assert.That((await Templates.FindVersionAsync(Triage, 1, None))!.Template.Name, Is.EqualTo("of today"));
        Assert.That(await Templates.FindVersionAsync(new TemplateId("other"), 1, None), Is.Not.Null);
    }

    private async Task<IReadOnlyList<string>> VersionsAsync()
    {
        var versions = new List<string>();
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Templates.ListVersionsAsync(Triage, new PageRequest(2, after), None);
            versions.AddRange(page.Items.Select(version => $"{version.Template.Version} {version.Template.Status}"));
            after = page.Next;
        }
        while (after is not null);
        return versions;
    }
}

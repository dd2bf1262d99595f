using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="IPromptTemplateRepository"/> keeps.</summary>
public abstract partial class PromptTemplateRepositoryContract
{
    /// <summary>The adapter, over an empty store.</summary>
    protected abstract IPromptTemplateRepository Templates { get; }

    private static CancellationToken None => CancellationToken.None;

    private static Publication Published => TemplateBuilder.Publication;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return new TestCaseData(TemplateBuilder.Template()).SetArgDisplayNames("least");
        yield return new TestCaseData(TemplateBuilder.Template(temperature: 0.1, maxTokens: 1, version: 7)).SetArgDisplayNames("settings");
        yield return new TestCaseData(TemplateBuilder.Template(
            name: Plain.Awkward,
            userPrompt: $"{{{{note}}}} {Plain.Awkward}",
            systemPrompt: Plain.Awkward,
            model: Plain.Awkward,
            temperature: 2,
            maxTokens: int.MaxValue,
            outputSchema: """{"type":"object","properties":{"größe":{"type":"number","minimum":1.10}}}""",
            examples: [new TemplateExample(Plain.Awkward, "a"), new TemplateExample("b", Plain.Awkward)],
            status: "published")).SetArgDisplayNames("everything");
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task FindAsync_WhenATemplateWasAdded_GivesItBackWhole(PromptTemplate template)
    {
        Assert.That(await Templates.AddAsync(template, Published, None), Is.True);

        Assert.That(Plain.Text((await Templates.FindAsync(template.Id, None))!), Is.EqualTo(Plain.Text(template)));
    }

    [Test]
    public async Task FindAsync_WhenThereIsNone_IsNull() => Assert.That(await Templates.FindAsync(new TemplateId("triage"), None), Is.Null);

    [Test]
    public async Task AddAsync_WhenTheIdIsTaken_ChangesNothing()
    {
        await AddAsync(TemplateBuilder.Template());

        Assert.That(await Templates.AddAsync(TemplateBuilder.Template(name: "another", version: 2), Published, None), Is.False);
        Assert.That((await Templates.FindAsync(new TemplateId("triage"), None))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task ListAsync_WhenFiltered_GivesThoseOfTheTypeAndStatusInOrder()
    {
        await AddAsync(
            TemplateBuilder.Template("c", status: "published"),
            TemplateBuilder.Template("a", status: "published"),
            TemplateBuilder.Template("b", status: "draft"),
            TemplateBuilder.Template("d", status: "published", labelType: "entities"),
            TemplateBuilder.Template("e", status: "published"));

        Assert.That(await ListAsync(null, null), Is.EqualTo(new[] { "a", "b", "c", "d", "e" }));
        Assert.That(await ListAsync("classification", null), Is.EqualTo(new[] { "a", "b", "c", "e" }));
        Assert.That(await ListAsync(null, TemplateStatus.Draft), Is.EqualTo(new[] { "b" }));
        Assert.That(await ListAsync("classification", TemplateStatus.Published), Is.EqualTo(new[] { "a", "c", "e" }));
        Assert.That(await ListAsync("entities", TemplateStatus.Archived), Is.Empty);
    }

    [Test]
    public async Task ReplaceAsync_WhenItIsTheNextVersion_StoresIt()
    {
        await AddAsync(TemplateBuilder.Template(systemPrompt: "old"), TemplateBuilder.Template("other"));
        var next = TemplateBuilder.Template(userPrompt: "new", version: 2);

        Assert.That(await Templates.ReplaceAsync(next, Published, None), Is.True);
        Assert.That(Plain.Text((await Templates.FindAsync(next.Id, None))!), Is.EqualTo(Plain.Text(next)));
        Assert.That((await Templates.FindAsync(new TemplateId("other"), None))!.Version, Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task ReplaceAsync_WhenItIsNotTheNextVersion_ChangesNothing(int version)
    {
        await AddAsync(TemplateBuilder.Template());

        Assert.That(await Templates.ReplaceAsync(TemplateBuilder.Template(name: "another", version: version), Published, None), Is.False);
        Assert.That((await Templates.FindAsync(new TemplateId("triage"), None))!.Name, Is.EqualTo("triage"));
    }

    [Test]
    public async Task ReplaceAsync_WhenManyReplaceTheSameVersionAtOnce_TakesOne()
    {
        await AddAsync(TemplateBuilder.Template());

        var replaced = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Templates.ReplaceAsync(TemplateBuilder.Template(name: $"n{i}", version: 2), Published, None)));

        Assert.That(replaced, Has.Exactly(1).True);
    }

    [Test]
    public async Task DeleteAsync_Always_DeletesThatTemplateOnce()
    {
        await AddAsync(TemplateBuilder.Template(), TemplateBuilder.Template("other"));

        Assert.That(await Templates.DeleteAsync(new TemplateId("triage"), None), Is.True);
        Assert.That(await Templates.DeleteAsync(new TemplateId("triage"), None), Is.False);
        Assert.That(await ListAsync(null, null), Is.EqualTo(new[] { "other" }));
    }

    private async Task AddAsync(params IEnumerable<PromptTemplate> templates)
    {
        foreach (var template in templates) Assert.That(await Templates.AddAsync(template, Published, None), Is.True);
    }

    private async Task<IReadOnlyList<string>> ListAsync(string? labelType, TemplateStatus? status)
    {
        var ids = new List<string>();
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Templates.ListAsync(labelType is null ? null : new LabelType(labelType), status, new PageRequest(2, after), None);
            ids.AddRange(page.Items.Select(template => template.Id.Value));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }
}

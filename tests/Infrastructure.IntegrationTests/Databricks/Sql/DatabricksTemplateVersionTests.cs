using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>Published versions where every statement is a commit of its own.</summary>
[TestFixture]
public sealed class DatabricksTemplateVersionTests
{
    private readonly MigratedWorkspace _workspace = new();

    private static CancellationToken None => CancellationToken.None;

    private IPromptTemplateRepository Templates => _workspace.Get<IPromptTemplateRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();

    [Test]
    public async Task ReplaceAsync_WhenItEndsBeforeTheVersionIsKept_LosesNothingOfIt()
    {
        var published = TemplateBuilder.Template(name: "published", version: 2, status: "published");
        await Templates.AddAsync(TemplateBuilder.Template(), TemplateBuilder.Publication, None);
        _workspace.Workspace.FailStatements(
            new StatementFault { Message = "[PERMISSION_DENIED] No. SQLSTATE: 42501", SqlState = "42501" },
            matching: text => text.StartsWith("MERGE INTO `main`.`mirion`.`template_versions`", StringComparison.Ordinal) && text.Contains("AND `version` = :", StringComparison.Ordinal));
        Assert.That(() => Templates.ReplaceAsync(published, TemplateBuilder.Publication, None), Throws.InstanceOf<DatabricksException>());

        var present = (await Templates.FindVersionAsync(published.Id, 2, None))!;
        Assert.That(await Templates.ReplaceAsync(TemplateBuilder.Template(version: 3), TemplateBuilder.Publication, None), Is.True);
        var kept = (await Templates.FindVersionAsync(published.Id, 2, None))!;

        Assert.That((Plain.Text(present.Template), Plain.Text(kept.Template)), Is.EqualTo((Plain.Text(published), Plain.Text(published))));
    }

    [Test]
    public async Task ReplaceAsync_WhenTheReplyToKeepingIsLost_KeepsTheVersionOnce()
    {
        await Templates.AddAsync(TemplateBuilder.Template(), TemplateBuilder.Publication, None);
        _workspace.Workspace.FailStatements(
            StatementFault.TemporarilyUnavailable with { AfterExecution = true }, matching: text => text.Contains("AND `version` = :", StringComparison.Ordinal) && text.StartsWith("MERGE", StringComparison.Ordinal));

        Assert.That(await Templates.ReplaceAsync(TemplateBuilder.Template(version: 2, status: "published"), TemplateBuilder.Publication, None), Is.True);

        Assert.That((await Templates.FindVersionAsync(TemplateBuilder.Template().Id, 2, None))!.Published, Is.EqualTo(TemplateBuilder.Publication));
    }
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

[TestFixture]
public sealed class DatabricksSheetRepositoryTests : SheetRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ISheetRepository Sheets => _workspace.Get<ISheetRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksPromptTemplateRepositoryTests : PromptTemplateRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override IPromptTemplateRepository Templates => _workspace.Get<IPromptTemplateRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksCanonicalLabelRepositoryTests : CanonicalLabelRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksTrainingSheetRepositoryTests : TrainingSheetRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksQAPairRepositoryTests : QAPairRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksPairReviewRepositoryTests : PairReviewRepositoryContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    protected override IPairReviewRepository Reviews => _workspace.Get<IPairReviewRepository>();

    protected override int Decisions => 60;

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DatabricksLabelUseTests : LabelUseContract
{
    private readonly MigratedWorkspace _workspace = new();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    [OneTimeSetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [SetUp]
    public Task ClearAsync() => _workspace.ClearAsync();

    [OneTimeTearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

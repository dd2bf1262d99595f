using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

[TestFixture]
public sealed class DuckDbSheetRepositoryTests : SheetRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ISheetRepository Sheets => _workspace.Get<ISheetRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbPromptTemplateRepositoryTests : PromptTemplateRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override IPromptTemplateRepository Templates => _workspace.Get<IPromptTemplateRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbCanonicalLabelRepositoryTests : CanonicalLabelRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbTrainingSheetRepositoryTests : TrainingSheetRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbQAPairRepositoryTests : QAPairRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbPairReviewRepositoryTests : PairReviewRepositoryContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    protected override IQAPairRepository Pairs => _workspace.Get<IQAPairRepository>();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    protected override IPairReviewRepository Reviews => _workspace.Get<IPairReviewRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

[TestFixture]
public sealed class DuckDbLabelUseTests : LabelUseContract
{
    private readonly WorkspacePerTest _workspace = new();

    protected override ICanonicalLabelRepository Labels => _workspace.Get<ICanonicalLabelRepository>();

    protected override ITrainingSheetRepository Sheets => _workspace.Get<ITrainingSheetRepository>();

    [SetUp]
    public Task StartAsync() => _workspace.StartAsync();

    [TearDown]
    public Task StopAsync() => _workspace.StopAsync();
}

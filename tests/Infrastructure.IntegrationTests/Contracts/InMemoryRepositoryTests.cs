using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Contracts;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemorySheetRepositoryTests : SheetRepositoryContract
{
    protected override ISheetRepository Sheets { get; } = new InMemorySheetRepository();
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryPromptTemplateRepositoryTests : PromptTemplateRepositoryContract
{
    protected override IPromptTemplateRepository Templates { get; } = new InMemoryPromptTemplateRepository();
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryCanonicalLabelRepositoryTests : CanonicalLabelRepositoryContract
{
    protected override ICanonicalLabelRepository Labels { get; } = new InMemoryCanonicalLabelRepository();
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryTrainingSheetRepositoryTests : TrainingSheetRepositoryContract
{
    private readonly InMemoryTrainingSheetRepository _store = new();

    protected override ITrainingSheetRepository Sheets => _store;

    protected override IQAPairRepository Pairs => new InMemoryQAPairRepository(_store);
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryQAPairRepositoryTests : QAPairRepositoryContract
{
    private readonly InMemoryTrainingSheetRepository _store = new();

    protected override ITrainingSheetRepository Sheets => _store;

    protected override IQAPairRepository Pairs => new InMemoryQAPairRepository(_store);
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryPairReviewRepositoryTests : PairReviewRepositoryContract
{
    private readonly InMemoryTrainingSheetRepository _store = new();
    private readonly InMemoryCanonicalLabelRepository _labels = new();

    protected override ITrainingSheetRepository Sheets => _store;

    protected override IQAPairRepository Pairs => new InMemoryQAPairRepository(_store);

    protected override ICanonicalLabelRepository Labels => _labels;

    protected override IPairReviewRepository Reviews => new InMemoryPairReviewRepository(_store, _labels);
}

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InMemoryLabelUseTests : LabelUseContract
{
    private readonly InMemoryTrainingSheetRepository _store = new();
    private readonly InMemoryCanonicalLabelRepository _labels = new();

    protected override ITrainingSheetRepository Sheets => _store;

    protected override ICanonicalLabelRepository Labels => _labels;

    [SetUp]
    public void LinkStores() => _labels.TrainingSheets = _store;
}

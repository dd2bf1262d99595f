using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Estimate;

public sealed class EstimateGenerationTests
{
    [Test]
    public async Task Estimate_CountsWhatGenerateThenDoes()
    {
        await using var bench = await new Workbench(options: generation => (generation.PageSize, generation.AsyncThreshold) = (7, 100))
            .WithItems(20, i => i % 5 == 4 ? " " : $"note {i}").WithLabelsAsync([0, 1, 2, 4]);

        var estimate = (await EstimateAsync(bench, new GenerationConfig())).Value;
        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That(estimate, Is.EqualTo(new GenerationEstimate(TotalItems: 20, CanonicalHits: 4, ModelCalls: 13, EmptyPromptItems: 3, ExecutionMode.Sync)));
        Assert.That(sheet.State.Statistics.ModelCalls, Is.EqualTo(13));
        Assert.That(sheet.Tally, Is.EqualTo(new PairTally(4, 13, 0, 3)));
    }

    [Test]
    public async Task Estimate_AsksTheModelNothingAndStoresNothing()
    {
        await using var bench = new Workbench().WithItems(5);

        await EstimateAsync(bench, new GenerationConfig());

        Assert.That((bench.Model.Calls, bench.Store.Pairs.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Estimate_WhenNoModelIsToBeAsked_CountsNoCalls()
    {
        await using var bench = new Workbench().WithItems(5);

        Assert.That((await EstimateAsync(bench, new GenerationConfig { LabelingMode = LabelingMode.Manual })).Value.ModelCalls, Is.Zero);
    }

    private static Task<Result<GenerationEstimate>> EstimateAsync(Workbench bench, GenerationConfig config) =>
        bench.SendAsync(new EstimateGenerationQuery(bench.Sheet.Id, bench.Template.Id, config));
}

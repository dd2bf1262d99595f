using Mirion.Generation.Application.Labels;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Labels;

public sealed class LabelStatisticsTests
{
    [Test]
    public async Task Statistics_WhenLabelsWereReused_CountCoverageAndReuse()
    {
        await using var bench = await new Workbench().WithItems(8).WithLabelsAsync([0, 1]);
        await bench.Labels.UpsertAsync(LabelBuilder.Label(Workbench.Item(3), labelType: "severity"), CancellationToken.None);
        await bench.GenerateAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.GenerateAsync();

        var statistics = (await bench.SendAsync(new LabelStatisticsQuery(bench.Sheet.Id))).Value;

        Assert.That(statistics.Items, Is.EqualTo(8));
        Assert.That(statistics.Types.Select(type => (type, statistics.CoverageOf(type))), Is.EqualTo(new[]
        {
            (new LabelTypeUse(new LabelType("classification"), 2, 4, Times.Start.AddHours(1)), 0.25),
            (new LabelTypeUse(new LabelType("severity"), 1, 0, null), 0.125),
        }));
    }

    [Test]
    public async Task Statistics_WhenItemsAreGone_CoverAllThereIsAtMost()
    {
        await using var bench = await new Workbench().WithItems(2).WithLabelsAsync([0, 1, 7]);

        var statistics = (await bench.SendAsync(new LabelStatisticsQuery(bench.Sheet.Id))).Value;

        Assert.That((statistics.Types[0].Labels, statistics.CoverageOf(statistics.Types[0])), Is.EqualTo((3, 1.0)));
        Assert.That((statistics with { Items = 0 }).CoverageOf(statistics.Types[0]), Is.Zero);
    }

    [Test]
    public async Task Statistics_WhenSheetOrSourceIsMissing_AreRefused()
    {
        await using var bench = new Workbench();

        Assert.That((await bench.SendAsync(new LabelStatisticsQuery(new SheetId("nobody")))).Error?.Code, Is.EqualTo("sheet_not_found"));
        Assert.That((await bench.SendAsync(new LabelStatisticsQuery(bench.Sheet.Id))).Error?.Code, Is.EqualTo("source_not_found"));
    }
}

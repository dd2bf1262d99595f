using System.Collections.Concurrent;
using System.Diagnostics;
using Mirion.Generation.Application.Generation.Telemetry;

namespace Mirion.Generation.Application.UnitTests.Generation.Telemetry;

public sealed class TracingTests
{
    [Test]
    public async Task Generate_WhenTraced_HasASpanForTheRunItsPagesAndItsBatchesAndNoneForAnItem()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GenerationTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var bench = await new Workbench(options: generation => (generation.PageSize, generation.BatchSize) = (10, 15)).WithItems(30).WithLabelsAsync(Enumerable.Range(0, 5));

        var sheet = (await bench.GenerateAsync()).Value;

        // Tests that run beside this one are traced too.
        var run = spans.Single(span => span.OperationName == GenerationTelemetry.RunSpan && Equals(span.GetTagItem("mirion.training_sheet.id"), sheet.Id.Value));
        var inside = spans.Where(span => span.ParentSpanId == run.SpanId).ToList();
        Assert.That(inside.Where(span => span.OperationName == "generation.page").Select(span => span.GetTagItem("mirion.generation.items")), Is.EqualTo([10, 10, 10]));
        Assert.That(inside.Where(span => span.OperationName == "generation.batch").Sum(span => (int)span.GetTagItem("mirion.generation.items")!), Is.EqualTo(30));
        Assert.That(inside, Has.Count.LessThan(10));
        Assert.That((run.Status, run.GetTagItem("mirion.generation.items")), Is.EqualTo((ActivityStatusCode.Unset, 30L)));
    }
}

using System.Diagnostics;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Application.Generation.Telemetry;

/// <summary>What tells from outside how generations go: traces and metrics under one name. They carry ids, counts and codes, never data.</summary>
public static class GenerationTelemetry
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "Mirion.Generation";

    /// <summary>The span of a whole run; what a run does for single items has no span.</summary>
    public const string RunSpan = "generation.run";

    /// <summary>The attribute that names the training sheet.</summary>
    private const string TrainingSheetAttribute = "mirion.training_sheet.id";

    /// <summary>The attribute that counts a span's items.</summary>
    private const string ItemsAttribute = "mirion.generation.items";

    private const string PageSpan = "generation.page";
    private const string BatchSpan = "generation.batch";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the span of a run; null when nobody traces.</summary>
    internal static Activity? StartRun(string trainingSheet, long items) =>
        Source.StartActivity(RunSpan)?.SetTag(TrainingSheetAttribute, trainingSheet).SetTag(ItemsAttribute, items);

    /// <summary>Begins the span of a page: labels looked up, questions rendered and handed on.</summary>
    internal static Activity? StartPage(int items) => Source.StartActivity(PageSpan)?.SetTag(ItemsAttribute, items);

    /// <summary>Begins the span of a batch that is committed.</summary>
    internal static Activity? StartBatch(int items) => Source.StartActivity(BatchSpan)?.SetTag(ItemsAttribute, items);

    /// <summary>Says why a run ended early, if it did.</summary>
    internal static void End(this Activity? run, Exception? failure)
    {
        if (failure is not null) run?.SetTag("error.type", CodeOf(failure)).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>A failure as a code, which holds nothing of what failed.</summary>
    internal static string CodeOf(Exception failure) => failure switch
    {
        UpstreamException upstream => upstream.Code,
        OperationCanceledException => "cancelled",
        DecidedElsewhereException => "decided_elsewhere",
        _ => "internal_error",
    };
}

using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Cli.IntegrationTests.Output;

public sealed class TrainingSheetDocumentTests
{
    [Test]
    public void Write_WhenInReview_IsTheAnswerOfTheApiToTheLetter()
    {
        var sheet = TrainingSheetBuilder
            .Generating("ts-1", "optional", config: new GenerationConfig { Limit = 2, ColumnMapping = new Dictionary<string, string> { ["Note"] = "remark" }, Execution = ExecutionMode.Sync })
            .Record(new PairTally(1, 2, 3, 4), PairTally.Empty, new GenerationStatistics
            {
                TotalItems = 10, CanonicalReused = 1, ModelGenerated = 2, FailedItems = 4, ModelCalls = 6, Retries = 5, PromptTokens = 9, CompletionTokens = 8, DurationMs = 12,
            }).Value
            .Completed();

        Assert.That(TrainingSheetDocument.Write(sheet), Is.EqualTo(OneLine(
            """
            {"id":"ts-1","training_sheet_id":"ts-1","name":"optional","sheet_id":"inspections","template_id":"triage","template_version":1,"status":"review","status_reason":null,
            "mode":"sync","job_run_id":null,"total_pairs":10,"labeled_pairs":1,"unlabeled_pairs":2,
            "rejected_pairs":3,"flagged_pairs":4,"generation_config":{"labeling_mode":"ai_generated","model":null,"temperature":null,"max_tokens":null,
            "limit":2,"few_shot":0,"column_mapping":{"Note":"remark"},"response_column":null,"trust_existing":false,"execution":"sync"},
            "created_at":"2026-03-01T08:30:15.123456Z","created_by":"ml.engineer",
            "statistics":{"total_items":10,"canonical_reused":1,"model_generated":2,"failed_items":4,
            "model_calls":6,"retries":5,"prompt_tokens":9,"completion_tokens":8,"duration_ms":12}}
            """)));
    }

    [Test]
    public void Write_WhenFailed_SaysWhy() =>
        Assert.That(
            TrainingSheetDocument.Write(TrainingSheetBuilder.Generating().FailedWith("foundation_model_failed")),
            Does.Contain("""
                "status":"failed","status_reason":{"code":"foundation_model_failed","message":"The endpoint refused the credentials."},
                """));

    private static string OneLine(string text) => text.ReplaceLineEndings(string.Empty);
}

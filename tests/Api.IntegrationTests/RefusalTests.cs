using System.Text.Json.Nodes;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Every refusal of the contract: its status, its code, its whole body, and that it leaves nothing behind.</summary>
internal sealed class RefusalTests
{
    private const string Sheet = """{"source_type": "uc_table", "source_table": "factory.quality.inspections", "item_id_column": "inspection_id" """;
    private const string Template = """{"label_type": "classification", "user_prompt_template": """;

    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    private static IEnumerable<TestCaseData> Refusals()
    {
        // The request itself.
        yield return Post(400, "malformed_request", "sheets", "{\"name\": ");
        yield return Post(400, "malformed_request", "sheets", null, "NoBody");
        yield return Post(400, "malformed_request", "sheets", "null", "NullBody");
        yield return Post(400, "validation_failed", "sheets", Sheet + """, "sampling": "all"}""", "UnknownProperty");
        yield return Post(400, "validation_failed", "sheets", """{"source_type": "csv"}""", "Sheet");
        yield return Post(400, "validation_failed", "templates", "{}", "Template");
        yield return Post(400, "validation_failed", "templates/triage/preview", "{}", "Preview");
        yield return Post(400, "validation_failed", "canonical-labels", "{}", "Label");
        yield return Post(400, "validation_failed", "canonical-labels/bulk", """[{"sheet_id": "inspections"}, 7, {"item_ref": 1}]""", "Bulk");
        yield return Post(400, "validation_failed", "training-sheets/generate", "{}", "Generate");
        yield return Post(400, "validation_failed", "training-sheets/ts-review/compare", """{"other_id": "-"}""", "Compare");
        yield return Post(400, "validation_failed", "training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage", "template_version": 0}""", "TemplateVersion");
        yield return Get(400, "validation_failed", "templates/triage/versions?cursor=x", "Versions");
        yield return Generate(400, "validation_failed", config: """{"few_shot": -1, "temperature": 3, "labeling_mode": "canonical"}""", name: "Config");
        yield return Get(400, "validation_failed", "sheets?limit=0&cursor=x", "Page");
        yield return Get(400, "validation_failed", "sheets?limit=many", "LimitIsText");
        yield return Get(400, "validation_failed", "templates?status=done", "TemplateStatus");
        yield return Get(400, "validation_failed", "training-sheets/ts-review/qa-pairs?status=done&labeling_mode=magic", "PairFilter");
        yield return Get(400, "validation_failed", "canonical-labels/lookup", "Lookup");
        yield return Get(400, "validation_failed", "canonical-labels/statistics", "Statistics");
        yield return Post(400, "validation_failed", "canonical-labels/bulk?skip_invalid=perhaps", "[]", "SkipInvalid");
        yield return Get(400, "validation_failed", "training-sheets/ts-review/export/jsonl?use=fun", "Use");
        yield return Get(400, "validation_failed", "sheets/inspections/item", "ItemRef");
        yield return Get(400, "validation_failed", "sheets/inspections/item/content?ref=item-1&column=note", "ContentColumn");
        yield return Send(400, "host_not_allowed", HttpMethod.Get, "sheets", header: ("Host", "evil.example.com"));
        yield return Send(400, "validation_failed", HttpMethod.Post, "training-sheets/generate", Body(), "IdempotencyKey", header: ("Idempotency-Key", " "));

        // What is not there.
        yield return Get(404, "not_found", "/api/v1/nothing");
        yield return Get(404, "sheet_not_found", "sheets/unknown");
        yield return Get(404, "sheet_not_found", "sheets/-not%20an%20id-", "Shape");
        yield return Generate(404, "sheet_not_found", sheet: "unknown", name: "Generate");
        yield return Get(404, "sheet_not_found", "canonical-labels/statistics?sheet_id=unknown", "Statistics");
        yield return Get(404, "template_not_found", "templates/unknown");
        yield return Get(404, "template_not_found", "templates/%C3%A9", "Shape");
        yield return Get(404, "template_not_found", "templates/unknown/versions", "Versions");
        yield return Get(404, "template_version_not_found", "templates/triage/versions/7");
        yield return Post(404, "template_version_not_found", "training-sheets/estimate", """{"sheet_id": "inspections", "template_id": "triage", "template_version": 7}""", "Estimate");
        yield return Generate(404, "template_not_found", template: "unknown", name: "Generate");
        yield return Get(404, "training_sheet_not_found", "training-sheets/unknown");
        yield return Get(404, "training_sheet_not_found", "training-sheets/a$b/qa-pairs", "Shape");
        yield return Get(404, "training_sheet_not_found", "training-sheets/unknown/export/jsonl", "Export");
        yield return Post(404, "training_sheet_not_found", "training-sheets/unknown/cancel", null, "Cancel");
        yield return Post(404, "training_sheet_not_found", "training-sheets/unknown/resume", null, "Resume");
        yield return Post(404, "training_sheet_not_found", "training-sheets/ts-review/compare", """{"other_id": "unknown"}""", "Compare");
        yield return Get(404, "qa_pair_not_found", "qa-pairs/00000000-0000-0000-0000-000000000001");
        yield return Get(404, "qa_pair_not_found", "qa-pairs/none", "Shape");
        yield return Get(404, "label_not_found", "canonical-labels/unknown");
        yield return Get(404, "label_not_found", "canonical-labels/a%2Fb", "Shape");
        yield return Get(404, "label_not_found", "canonical-labels/lookup?sheet_id=inspections&item_ref=item-2&label_type=classification", "Lookup");
        yield return Get(404, "item_not_found", "sheets/inspections/item?ref=item-9");
        yield return Get(404, "file_not_found", "sheets/inspections/item/content?ref=item-2");
        yield return Send(405, "method_not_allowed", HttpMethod.Patch, "sheets", "{}");
        yield return Send(415, "unsupported_media_type", HttpMethod.Post, "sheets", Sheet + "}", mediaType: "text/plain");
        yield return Send(415, "unsupported_media_type", HttpMethod.Post, "canonical-labels/bulk", "sheet_id,item_ref", "Bulk", mediaType: "text/plain");

        // What the present state does not allow.
        yield return Post(409, "sheet_exists", "sheets", Sheet + """, "id": "inspections"}""");
        yield return Post(409, "template_exists", "templates", Template + """ "Which?", "id": "triage"}""");
        yield return Send(409, "already_running", HttpMethod.Delete, "training-sheets/ts-generating");
        yield return Get(409, "already_running", "training-sheets/ts-generating/export/jsonl", "Export");
        yield return Post(409, "already_running", "training-sheets/ts-review/compare", """{"other_id": "ts-generating"}""", "Compare");
        yield return Send(409, "illegal_transition", HttpMethod.Delete, "training-sheets/ts-trained");
        yield return Post(409, "illegal_transition", "training-sheets/ts-review/cancel", null, "Cancel");
        yield return Post(409, "illegal_transition", "training-sheets/ts-review/resume", null, "Resume");

        // What the data does not allow.
        yield return Post(422, "source_not_found", "sheets", Sheet.Replace("inspections", "nowhere") + "}");
        yield return Post(422, "item_id_missing", "sheets", Sheet.Replace("inspection_id", "serial") + "}");
        yield return Post(422, "column_unknown", "sheets", Sheet + """, "text_columns": ["nots"]}""");
        yield return Post(422, "filter_invalid", "sheets", Sheet + """, "filter_expression": "note LIKE"}""");
        yield return Post(422, "template_syntax", "templates", Template + """ "Which {{#if note}}?"}""");
        yield return Post(422, "output_schema_invalid", "templates", Template + """ "Which?", "output_schema": {"type": "strng", "properties": {"a": {"$ref": "https://example.com/a.json"}}}}""");
        yield return Post(422, "label_schema_mismatch", "canonical-labels", """{"sheet_id": "inspections", "item_ref": "item-2", "label_type": "graded", "label_data": {"grade": 9}}""");
        yield return Post(
            422,
            "label_schema_mismatch",
            "canonical-labels/bulk",
            """[{"sheet_id": "inspections", "item_ref": "item-1", "label_type": "graded", "label_data": {"grade": 1}}, {"sheet_id": "inspections", "item_ref": "item-2", "label_type": "graded", "label_data": "good"}]""",
            "Bulk");
        yield return Post(422, "template_variable_unknown", "templates/unfit/preview", """{"sheet_id": "inspections"}""", "Preview");
        yield return Generate(422, "template_variable_unknown", template: "unfit");
        yield return Get(422, "source_not_found", "canonical-labels/statistics?sheet_id=gone", "Statistics");
        yield return Generate(422, "source_not_found", sheet: "gone", name: "Generate");
        yield return Generate(422, "item_id_missing", sheet: "nameless", name: "Generate");
        yield return Generate(422, "item_id_missing", sheet: "keyless", name: "GenerateColumn");
        yield return Generate(422, "item_id_not_unique", sheet: "twins");
        yield return Generate(422, "filter_invalid", sheet: "filtered", name: "Generate");
        yield return Generate(422, "sheet_empty", sheet: "none");
        yield return Generate(422, "response_column_unknown", config: """{"labeling_mode": "existing_column", "response_column": "verdict"}""");

        yield return Post(422, "sheets_differ", "training-sheets/ts-review/compare", """{"other_id": "ts-boards"}""");

        // What we depend on.
        yield return Generate(502, "foundation_model_failed", arrange: ports =>
            ports.Model.Refusal = new Error(ErrorKind.Upstream, "foundation_model_failed", "The endpoint refused the credentials."));
        yield return Generate(502, "databricks_failed", config: """{"execution": "job"}""", arrange: ports =>
            ports.LaunchFailure = new UpstreamException("databricks_failed", "The job could not be started."));
        yield return Generate(503, "warehouse_unavailable", config: """{"execution": "job"}""", arrange: ports =>
            ports.LaunchFailure = new UpstreamException("warehouse_unavailable", "The warehouse is starting.", UpstreamFault.Unavailable));
        yield return Generate(504, "databricks_failed", config: """{"execution": "job"}""", name: "Timeout", arrange: ports =>
            ports.LaunchFailure = new UpstreamException("databricks_failed", "The job service did not answer in time.", UpstreamFault.TimedOut));
        yield return Generate(500, "internal_error", arrange: ports => ports.Bug = new InvalidOperationException("SECRET of the inside"));
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Request_WhenRefused_AnswersItsStatusAndCodeAndLeavesNothingBehind(Refusal refusal)
    {
        var before = await CountAsync();
        refusal.Arrange(_ports);

        var reply = await _api.SendAsync(refusal.Method, refusal.Path, refusal.Body, refusal.MediaType, refusal.Headers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)reply.Status, Is.EqualTo(refusal.Status), reply.Text);
            Assert.That(reply.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(reply.Code, Is.EqualTo(refusal.Code));
            Assert.That(await CountAsync(), Is.EqualTo(before));
            Assert.That(_ports.Model.Calls, Is.Zero);
        }

        Snapshot.Match(Readable(reply), $"{nameof(RefusalTests)}.{refusal}");
    }

    private async Task<(int Sheets, int Templates, int Labels, int TrainingSheets, int Pairs)> CountAsync()
    {
        var all = new PageRequest(PageRequest.HighestLimit);
        return (
            (await _ports.Sheets.ListAsync(all, CancellationToken.None)).Items.Count,
            (await _ports.Templates.ListAsync(null, null, all, CancellationToken.None)).Items.Count,
            (await _ports.Labels.ListAsync(new LabelFilter(), all, CancellationToken.None)).Items.Count,
            (await _ports.Store.ListAsync(all, CancellationToken.None)).Items.Count,
            _ports.Store.Pairs.Count);
    }

    private static string Readable(Reply reply)
    {
        var problem = JsonNode.Parse(reply.Text)!.AsObject();
        Assert.That(problem["trace_id"]?.GetValue<string>(), Is.Not.Empty);
        problem["trace_id"] = "…";
        return problem.ToJsonString(Snapshots.Indented);
    }

    private static string Body(string sheet = "inspections", string template = "triage", string config = "{}") =>
        $$"""{"sheet_id": "{{sheet}}", "template_id": "{{template}}", "generation_config": {{config}}}""";

    private static TestCaseData Get(int status, string code, string path, string name = "") => Send(status, code, HttpMethod.Get, path, name: name);

    private static TestCaseData Post(int status, string code, string path, string? body, string name = "") => Send(status, code, HttpMethod.Post, path, body, name);

    private static TestCaseData Generate(
        int status, string code, string sheet = "inspections", string template = "triage", string config = "{}", string name = "", Action<FakePorts>? arrange = null) =>
        Send(status, code, HttpMethod.Post, "training-sheets/generate", Body(sheet, template, config), name, arrange: arrange);

    private static TestCaseData Send(
        int status,
        string code,
        HttpMethod method,
        string path,
        string? body = null,
        string name = "",
        string mediaType = "application/json",
        (string, string)? header = null,
        Action<FakePorts>? arrange = null)
    {
        var refusal = new Refusal(status, code, method, path, body, name, mediaType, header is { } one ? [one] : [], arrange ?? (_ => { }));
        return new TestCaseData(refusal) { TestName = $"{{m}}({refusal})" };
    }

    internal sealed record Refusal(
        int Status,
        string Code,
        HttpMethod Method,
        string Path,
        string? Body,
        string Name,
        string MediaType,
        (string Name, string Value)[] Headers,
        Action<FakePorts> Arrange)
    {
        public override string ToString() => Name.Length == 0 ? $"{Status}_{Code}" : $"{Status}_{Code}_{Name}";
    }
}

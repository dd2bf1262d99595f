using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>What comes back when all is well: whole bodies, statuses, locations.</summary>
internal sealed class ResponseTests
{
    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    [Test]
    public async Task Sheet_WhenCreatedReadReplacedAndDeleted_IsAnsweredWhole()
    {
        var created = await _api.PostAsync("sheets", """
            {"id": "boards", "name": "Boards", "source_type": "uc_table", "source_table": "factory.quality.inspections", "item_id_column": "inspection_id",
             "text_columns": ["note"], "image_columns": ["photo"], "sampling_strategy": "first", "sample_size": 2, "default_prohibited_uses": ["testing"]}
            """).Expect(HttpStatusCode.Created);
        var read = await _api.GetAsync(created.Location!).Expect(HttpStatusCode.OK);
        var replaced = await _api.PutAsync("sheets/boards", read.Text.Replace("Boards", "All boards", StringComparison.Ordinal)).Expect(HttpStatusCode.OK);
        await _api.DeleteAsync("sheets/boards").Expect(HttpStatusCode.NoContent);
        await _api.DeleteAsync("sheets/boards").Expect(HttpStatusCode.NotFound);

        Assert.That(created.Location, Is.EqualTo("/api/v1/sheets/boards"));
        Assert.That(read.Text, Is.EqualTo(created.Text));
        Assert.That(replaced["name"].GetString(), Is.EqualTo("All boards"));
        Snapshot.Match(created.Json.Pretty());
    }

    [Test]
    public async Task Template_WhenCreatedReadReplacedAndDeleted_IsAnsweredWhole()
    {
        var created = await _api.PostAsync("templates", """
            {"id": "defects", "label_type": "classification", "user_prompt_template": "What of “{{note}}”?", "system_prompt": "You inspect boards.",
             "output_schema": {"type": "object", "properties": {"defect": {"type": "string"}}}, "examples": [{"input": "hairline", "output": "crack"}]}
            """).Expect(HttpStatusCode.Created);
        var read = await _api.GetAsync(created.Location!).Expect(HttpStatusCode.OK);
        var replaced = await _api.PutAsync("templates/defects", read.Text).Expect(HttpStatusCode.OK);
        await _api.DeleteAsync("templates/defects").Expect(HttpStatusCode.NoContent);

        Assert.That(created.Location, Is.EqualTo("/api/v1/templates/defects"));
        Assert.That(read.Text, Is.EqualTo(created.Text));
        Assert.That(replaced["version"].GetInt32(), Is.EqualTo(2));
        Snapshot.Match(created.Json.Pretty());
    }

    [Test]
    public async Task Label_WhenUpsertedTwice_IsAnswered201Then200WithTheNextVersion()
    {
        const string label = """
            {"sheet_id": "inspections", "item_ref": "item-2", "label_type": "classification", "label_data": {"defect": "Löt­brücke 🔧", "size": 1.50},
             "confidence": "medium", "notes": "seen twice", "allowed_uses": ["training"], "prohibited_uses": ["testing"], "usage_reason": "agreement",
             "data_classification": "internal", "labeled_by": "dr.lee", "labeled_at": "2026-03-01T09:30:00+01:00"}
            """;
        var created = await _api.PostAsync("canonical-labels", label).Expect(HttpStatusCode.Created);
        var read = await _api.GetAsync(created.Location!).Expect(HttpStatusCode.OK);
        var updated = await _api.PostAsync("canonical-labels", read.Text).Expect(HttpStatusCode.OK);
        var found = await _api.GetAsync("canonical-labels/lookup?sheet_id=inspections&item_ref=item-2&label_type=classification").Expect(HttpStatusCode.OK);
        await _api.DeleteAsync(created.Location!).Expect(HttpStatusCode.NoContent);

        Assert.That(created.Location, Is.EqualTo($"/api/v1/canonical-labels/{created["id"]}"));
        Assert.That(read.Text, Is.EqualTo(created.Text));
        Assert.That(updated["version"].GetInt32(), Is.EqualTo(2));
        Assert.That(found.Text, Is.EqualTo(updated.Text));
        Snapshot.Match(created.Json.Pretty());
    }

    [Test]
    public async Task Generate_WhenDoneHere_Answers201WithTrainingSheetAndPairs()
    {
        var generated = await _api.PostAsync(
            "training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""", headers: ("Idempotency-Key", "first")).Expect(HttpStatusCode.Created);
        var read = await _api.GetAsync(generated.Location!).Expect(HttpStatusCode.OK);
        var pairs = await _api.GetAsync($"{generated.Location}/qa-pairs").Expect(HttpStatusCode.OK);
        var first = pairs["items"][0];
        var pair = await _api.GetAsync($"qa-pairs/{first.GetProperty("id")}").Expect(HttpStatusCode.OK);

        Assert.That(generated.Location, Is.EqualTo($"/api/v1/training-sheets/{generated["id"]}"));
        Assert.That(read.Text, Is.EqualTo(generated.Text));
        Assert.That(pair.Json.Pretty(), Is.EqualTo(first.Pretty()));
        Snapshot.Match($"{generated.Json.Pretty()}\n{pairs.Json.Pretty()}");
    }

    [Test]
    public async Task Generate_WhenAJobIsLaunched_Answers202WithItsRun()
    {
        var generated = await _api.PostAsync(
            "training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage", "name": "Big one", "generation_config": {"execution": "job"}}""")
            .Expect(HttpStatusCode.Accepted);

        Assert.That(generated.Location, Is.EqualTo($"/api/v1/training-sheets/{generated["training_sheet_id"]}"));
        Assert.That(generated["status"].GetString(), Is.EqualTo("generating"));
        Assert.That(generated["mode"].GetString(), Is.EqualTo("job"));
        Assert.That(generated["name"].GetString(), Is.EqualTo("Big one"));
        Assert.That(generated["job_run_id"].GetString(), Is.EqualTo($"run-of-{generated["id"]}"));
    }

    [Test]
    public async Task Generate_WhenTheRunFails_Answers201WithTheReason()
    {
        _ports.Model.Throws(() => new Application.Ports.UpstreamException("foundation_model_failed", "The endpoint is gone."), _ => true);

        var generated = await _api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""").Expect(HttpStatusCode.Created);

        Assert.That(generated["status"].GetString(), Is.EqualTo("failed"));
        Assert.That(generated["status_reason"].GetProperty("code").GetString(), Is.EqualTo("foundation_model_failed"));
    }

    [Test]
    public async Task Generate_WhenRepeatedUnderItsKey_AnswersWithTheFirstTrainingSheet()
    {
        const string body = """{"sheet_id": "inspections", "template_id": "triage"}""";
        var first = await _api.PostAsync("training-sheets/generate", body, headers: ("Idempotency-Key", "order 66")).Expect(HttpStatusCode.Created);
        var calls = _ports.Model.Calls;

        var second = await _api.PostAsync("training-sheets/generate", body, headers: ("Idempotency-Key", "order 66")).Expect(HttpStatusCode.Created);
        var other = await _api.PostAsync("training-sheets/generate", body, headers: ("Idempotency-Key", "order 67")).Expect(HttpStatusCode.Created);

        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.Location, Is.EqualTo(first.Location));
        Assert.That(other["id"].GetString(), Is.Not.EqualTo(first["id"].GetString()));
        Assert.That(_ports.Model.Calls, Is.EqualTo(2 * calls));
    }

    [Test]
    public async Task Estimate_WhenAsked_CountsWithoutAskingAModelOrStoringAnything()
    {
        var estimate = await _api.PostAsync("training-sheets/estimate", """{"sheet_id": "inspections", "template_id": "triage"}""").Expect(HttpStatusCode.OK);

        Assert.That(_ports.Model.Calls, Is.Zero);
        Assert.That(_ports.Store.Pairs, Has.Count.EqualTo(2), "those it began with");
        Snapshot.Match(estimate.Json.Pretty());
    }

    [Test]
    public async Task LabelStatistics_WhenLabelsWereReused_CountThem()
    {
        await _ports.Labels.UpsertAsync(LabelBuilder.Label("item-2", labelType: "severity"), CancellationToken.None);
        await _api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""").Expect(HttpStatusCode.Created);

        var statistics = await _api.GetAsync("canonical-labels/statistics?sheet_id=inspections").Expect(HttpStatusCode.OK);

        Snapshot.Match(statistics.Json.Pretty());
    }

    [Test]
    public async Task Preview_WhenAsked_ShowsTheMessagesOfTheFirstItems()
    {
        var preview = await _api.PostAsync("templates/triage/preview", """{"sheet_id": "inspections", "limit": 2}""").Expect(HttpStatusCode.OK);

        Snapshot.Match(preview.Json.Pretty());
    }

    [Test]
    public async Task Items_WhenListed_AreAsTheEngineSeesThem()
    {
        var rows = await _api.GetAsync("sheets/inspections/items?limit=2").Expect(HttpStatusCode.OK);
        var files = await _api.GetAsync("sheets/photos/items").Expect(HttpStatusCode.OK);
        var one = await _api.GetAsync("sheets/photos/item?ref=notes/read.txt").Expect(HttpStatusCode.OK);

        Snapshot.Match($"{rows.Json.Pretty()}\n{files.Json.Pretty()}\n{one.Json.Pretty()}");
    }

    [Test]
    public async Task ItemContent_WhenAsked_IsTheFileAndNeverAPage()
    {
        _ports.Source.AddFile("/Volumes/factory/quality/photos/evil.html", "<script>alert(1)</script>"u8.ToArray());

        using var image = await _api.Client.GetAsync("/api/v1/sheets/inspections/item/content?ref=item-1");
        using var page = await _api.Client.GetAsync("/api/v1/sheets/photos/item/content?ref=evil.html");

        Assert.That(image.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
        Assert.That(await image.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
        Assert.That(image.Content.Headers.ContentDisposition, Is.Null);
        Assert.That(page.Content.Headers.ContentDisposition!.ToString(), Does.StartWith("attachment; filename=evil.html"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(["default-src 'none'; sandbox"]));
        Assert.That(page.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
    }

    [Test]
    public async Task Lists_WhenReadPageByPage_HaveEveryEntryOnce()
    {
        for (var i = 0; i < 5; i++) await _ports.Labels.UpsertAsync(LabelBuilder.Label($"item-{i}", sheet: "photos"), CancellationToken.None);

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await _api.GetAsync($"canonical-labels?sheet_id=photos&limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}").Expect(HttpStatusCode.OK);
            seen.AddRange(page["items"].EnumerateArray().Select(label => label.GetProperty("item_ref").GetString()!));
            cursor = page["next_cursor"].GetString();
        }

        Assert.That(seen, Is.EqualTo(["item-0", "item-1", "item-2", "item-3", "item-4"]));
    }

    [Test]
    public async Task Lists_WhenFiltered_HaveOnlyWhatWasAskedFor()
    {
        await _ports.Labels.UpsertAsync(LabelBuilder.Label("item-1", labelType: "severity"), CancellationToken.None);

        async Task<int> CountAsync(string path) => (await _api.GetAsync(path).Expect(HttpStatusCode.OK))["items"].GetArrayLength();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CountAsync("canonical-labels"), Is.EqualTo(2));
            Assert.That(await CountAsync("canonical-labels?label_type=severity"), Is.EqualTo(1));
            Assert.That(await CountAsync("canonical-labels?item_ref=item-2"), Is.Zero);
            Assert.That(await CountAsync("canonical-labels?sheet_id=photos"), Is.Zero);
            Assert.That(await CountAsync("templates?label_type=classification&status=draft"), Is.EqualTo(2));
            Assert.That(await CountAsync("templates?status=archived"), Is.Zero);
            Assert.That(await CountAsync("training-sheets?limit=2"), Is.EqualTo(2));
            Assert.That(await CountAsync("training-sheets/ts-review/qa-pairs?status=unlabeled&labeling_mode=ai_generated"), Is.EqualTo(1));
            Assert.That(await CountAsync("training-sheets/ts-review/qa-pairs?status=labeled"), Is.Zero);
            Assert.That(await CountAsync("training-sheets/ts-review/qa-pairs?labeling_mode=manual"), Is.Zero);
        }
    }

    [Test]
    public async Task TrainingSheet_WhenDeleted_IsGoneWithItsPairs()
    {
        await _api.DeleteAsync("training-sheets/ts-review").Expect(HttpStatusCode.NoContent);

        await _api.GetAsync("training-sheets/ts-review").Expect(HttpStatusCode.NotFound);
        Assert.That(_ports.Store.Pairs, Has.None.Matches<Domain.QAPairs.QAPair>(pair => pair!.State.TrainingSheetId.Value == "ts-review"));
    }

    [Test]
    public async Task Pair_WhenItReusesALabel_BearsItsGovernance()
    {
        await _ports.Labels.UpsertAsync(
            LabelBuilder.Label("item-2", usage: new UsagePolicy(Uses.Training | Uses.FewShot, Uses.Testing)), CancellationToken.None);
        var generated = await _api.PostAsync("training-sheets/generate", """{"sheet_id": "inspections", "template_id": "triage"}""").Expect(HttpStatusCode.Created);

        var labeled = await _api.GetAsync($"{generated.Location}/qa-pairs?labeling_mode=canonical").Expect(HttpStatusCode.OK);

        var pair = labeled["items"].EnumerateArray().Single(item => item.GetProperty("item_ref").GetString() == "item-2");
        Assert.That(pair.GetProperty("allowed_uses").EnumerateArray().Select(use => use.GetString()), Is.EqualTo(["training", "few_shot"]));
        Assert.That(pair.GetProperty("prohibited_uses").EnumerateArray().Select(use => use.GetString()), Is.EqualTo(["testing"]));
        Assert.That(pair.GetProperty("reviewed_by").GetString(), Is.EqualTo("dr.lee"));
        Assert.That(pair.GetProperty("reviewed_at").GetString(), Is.EqualTo("2026-03-01T08:30:15.123456Z"));
    }
}

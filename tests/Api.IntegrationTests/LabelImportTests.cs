using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Labels in bulk: all or none, every fault named by its row.</summary>
internal sealed class LabelImportTests
{
    private const string First = """{"sheet_id": "inspections", "item_ref": "item-1", "label_type": "classification", "label_data": "crack"}""";
    private const string Second = """{"sheet_id": "inspections", "item_ref": "item-2", "label_type": "classification", "label_data": {"defect": "none"}}""";

    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    [TestCase("application/json", $"[{First}, {Second}]")]
    [TestCase("application/x-ndjson", $"{First}\n{Second}")]
    [TestCase("application/x-ndjson", $"\uFEFF{First}\r\n\r\n  \n{Second}\n")]
    [TestCase("application/jsonl", $"\n{First}\n{Second}\n\n")]
    [TestCase("text/csv", "sheet_id,item_ref,label_type,label_data\ninspections,item-1,classification,crack\ninspections,item-2,classification,\"{\"\"defect\"\": \"\"none\"\"}\"\n")]
    public async Task Bulk_WhenEveryRowIsRight_CountsNewAndUpdated(string mediaType, string body)
    {
        var reply = await _api.PostAsync("canonical-labels/bulk", body, mediaType).Expect(HttpStatusCode.OK);

        Assert.That((reply["created"].GetInt32(), reply["updated"].GetInt32()), Is.EqualTo((1, 1)));
        var label = await _api.GetAsync("canonical-labels/lookup?sheet_id=inspections&item_ref=item-1&label_type=classification").Expect(HttpStatusCode.OK);
        Assert.That(label["label_data"].GetString(), Is.EqualTo("crack"));
        Assert.That(label["version"].GetInt32(), Is.EqualTo(2));
        Assert.That(label["labeled_by"].GetString(), Is.EqualTo("ml.engineer"));
    }

    [Test]
    public async Task Bulk_WhenWhatWasListedIsSentBack_TakesIt()
    {
        var listed = await _api.GetAsync("canonical-labels").Expect(HttpStatusCode.OK);

        var reply = await _api.PostAsync("canonical-labels/bulk", listed["items"].GetRawText()).Expect(HttpStatusCode.OK);

        Assert.That(reply["updated"].GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Bulk_WhenTheBodyHasNoType_IsRefused()
    {
        using var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(First));
        using var response = await _api.Client.PostAsync("/api/v1/canonical-labels/bulk", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("unsupported_media_type"));
    }

    [TestCase("", 0)]
    [TestCase("\n\n", 0)]
    public async Task Bulk_WhenThereAreNoLines_ImportsNothing(string body, int created)
    {
        var reply = await _api.PostAsync("canonical-labels/bulk", body, "application/x-ndjson").Expect(HttpStatusCode.OK);

        Assert.That(reply["created"].GetInt32(), Is.EqualTo(created));
    }

    [TestCase($"{First}\n{{\n{Second}", "rows[2].row", "It is no JSON (line 1, byte 2): Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [TestCase($"{First} {Second}", "rows[1].row", "It is no JSON (line 1, byte 106): '{' is invalid after a single JSON value. Expected end of data.")]
    [TestCase($"{First}\n\nnull", "rows[3].row", "Give a label; null is none.")]
    [TestCase($"{First}\n[]", "rows[2].row", "Give an object with id, sheet_id, item_ref, label_type, label_data, confidence, notes, allowed_uses, prohibited_uses, usage_reason, data_classification, labeled_by, labeled_at, version.")]
    [TestCase("""{"sheet_id": "inspections", "itemref": "item-1"}""", "rows[1].row", "itemref: There is no such property. There are id, sheet_id, item_ref, label_type, label_data, confidence, notes, allowed_uses, prohibited_uses, usage_reason, data_classification, labeled_by, labeled_at, version.")]
    [TestCase("""{"label_data": "\ud800"}""", "rows[1].row", "label_data: It must be Unicode text throughout, nested at most 64 levels deep.")]
    [TestCase($"{First}\n{First}", "rows[2].item_ref", "Row 1 labels the same item with the same label type.")]
    [TestCase("""{"sheet_id": "nowhere", "item_ref": "i", "label_type": "l", "label_data": 1}""", "rows[1].sheet_id", "There is no sheet 'nowhere'.")]
    [TestCase("""{"id": "x", "sheet_id": "inspections", "item_ref": "i", "label_type": "l", "label_data": 1}""", "rows[1].row", "id: The id of this label is 995512f2-d0c0-544f-a155-ba3a704e441a, whatever it is called here; leave it out.")]
    public async Task Bulk_WhenALineIsWrong_NamesItAndImportsNothing(string body, string field, string message)
    {
        var reply = await _api.PostAsync("canonical-labels/bulk", body, "application/x-ndjson");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply["errors"].GetProperty(field)[0].GetString(), Is.EqualTo(message));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [TestCase($"[{First}, 3, {Second}, {{\"notes\": 1}}]", "rows[2].row rows[4].row")]
    [TestCase($"[{First}, {{]", "rows[2].row")]
    [TestCase($"[{First}", "rows[2].row")]
    [TestCase(First, "rows[1].row")]
    [TestCase("7", "rows[1].row")]
    [TestCase("", "rows[1].row")]
    public async Task Bulk_WhenAnEntryIsWrong_NamesEveryOneAndImportsNothing(string body, string fields)
    {
        var reply = await _api.PostAsync("canonical-labels/bulk", body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(string.Join(' ', reply["errors"].EnumerateObject().Select(error => error.Name)), Is.EqualTo(fields));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Bulk_WithSkipInvalid_ImportsWhatIsRightAndReportsTheRest()
    {
        const string Wrong = """{"sheet_id": "nowhere", "item_ref": "i", "label_type": "l", "label_data": 1}""";

        var reply = await _api.PostAsync("canonical-labels/bulk?skip_invalid=true", $"{First}\n{Wrong}\n7\n{Second}", "application/x-ndjson").Expect(HttpStatusCode.OK);

        Snapshot.Match(reply.Json.Pretty());
        Assert.That(await CountAsync(), Is.EqualTo(2));
    }

    [TestCase("application/json", $"[{First}, {{")]
    [TestCase("text/csv", "sheet_id,item_ref,label_type,label_data\ninspections,item-2,classification,ok\ninspections,\"item-3,classification,ok\n")]
    [TestCase("text/csv", "item,answer\n")]
    public async Task Bulk_WithSkipInvalidAndABodyThatCannotBeReadToItsEnd_ImportsNothing(string mediaType, string body)
    {
        var reply = await _api.PostAsync("canonical-labels/bulk?skip_invalid=true", body, mediaType);

        Assert.That((reply.Status, reply.Code), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")), reply.Text);
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Bulk_WhenACsvRowIsWrong_NamesItsLineAndImportsNothing()
    {
        var reply = await _api.PostAsync(
            "canonical-labels/bulk", "sheet_id,item_ref,label_type,label_data\ninspections,item-2,classification,ok\nnowhere,item-3,classification,ok\n", "text/csv");

        Assert.That((reply.Status, reply["errors"].EnumerateObject().Single().Name), Is.EqualTo((HttpStatusCode.BadRequest, "rows[3].sheet_id")));
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    private async Task<int> CountAsync() =>
        (await _ports.Labels.ListAsync(new LabelFilter(), new PageRequest(PageRequest.HighestLimit), CancellationToken.None)).Items.Count;
}

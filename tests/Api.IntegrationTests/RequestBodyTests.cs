using System.Net;
using System.Text.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Bodies that are almost right: what is wrong is named, and what is only sent back is taken.</summary>
internal sealed class RequestBodyTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _) = await SharedApi.RenewAsync();

    [TestCase("sheets", """{"name": 3}""", "name", "Give a string.")]
    [TestCase("sheets", """{"sample_size": "3"}""", "sample_size", "Give a whole number.")]
    [TestCase("sheets", """{"sample_size": 3.5}""", "sample_size", "Give a whole number.")]
    [TestCase("sheets", """{"sample_size": 99999999999}""", "sample_size", "Give a whole number.")]
    [TestCase("sheets", """{"text_columns": "note"}""", "text_columns", "Give a list; of each entry: a string.")]
    [TestCase("sheets", """{"text_columns": ["note", 7]}""", "text_columns[1]", "Give a string.")]
    [TestCase("sheets", """{"name": "\ud800"}""", "name", "Give a string.")]
    [TestCase("sheets", """{"name": "a", "name": "b"}""", "name", "It stands more than once.")]
    [TestCase("sheets", """{"id": "../etc"}""", "id", "An id has 1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit.")]
    [TestCase("templates", """{"temperature": "hot"}""", "temperature", "Give a number.")]
    [TestCase("templates", """{"examples": [{"input": "a"}]}""", "examples[0]", "Give an object with input, output.")]
    [TestCase("templates", """{"examples": [{"input": "a", "output": "b", "note": "c"}]}""", "examples[0].note", "There is no such property. There are input, output.")]
    [TestCase("templates", """{"examples": [null]}""", "examples", "Each example needs an input and an output.")]
    [TestCase("templates", """{"label_type": "l", "user_prompt_template": "t", "output_schema": 3}""", "output_schema", "A JSON Schema is a JSON object.")]
    [TestCase("templates/triage/preview", """{"sheet_id": "inspections", "column_mapping": {"note": null}}""", "column_mapping.note", "Name the column.")]
    [TestCase("templates/triage/preview", """{"sheet_id": "inspections", "limit": 0}""", "limit", "Give 1 to 1000.")]
    [TestCase("canonical-labels", """{"labeled_at": "yesterday"}""", "labeled_at", "Give a time such as 2026-03-01T08:30:00Z.")]
    [TestCase("canonical-labels", """{"label_data": {"a": "\udc00"}}""", "label_data", "It must be Unicode text throughout, nested at most 64 levels deep.")]
    [TestCase("canonical-labels", """{"label_data": {"a": 1, "a": 2}}""", "label_data", "The properties of an object must have different names.")]
    [TestCase(
        "canonical-labels",
        """{"id": "another", "sheet_id": "inspections", "item_ref": "item-1", "label_type": "classification", "label_data": "x"}""",
        "id",
        "The id of this label is 7bb7286c-e51b-5074-84c1-f166a9b40eae, whatever it is called here; leave it out.")]
    [TestCase("training-sheets/generate", """{"sheet_id": null}""", "sheet_id", "Name the sheet. A sheet id has 1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"few_shot": null}}""", "generation_config.few_shot", "Give a whole number.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"trust_existing": "yes"}}""", "generation_config.trust_existing", "Give true or false.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"execution": "later"}}""", "generation_config.execution", "Give one of auto, sync, job.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"execution": 1}}""", "generation_config.execution", "Give one of auto, sync, job.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"Few_Shot": 1}}""", "generation_config.Few_Shot", "There is no such property. There are labeling_mode, model, temperature, max_tokens, limit, few_shot, column_mapping, response_column, trust_existing, execution.")]
    [TestCase("training-sheets/generate", """{"generation_config": {"column_mapping": {"a": 1}}}""", "generation_config.column_mapping.a", "Give a string.")]
    [TestCase("training-sheets/estimate", """{"generation_config": []}""", "generation_config", "Give an object with labeling_mode, model, temperature, max_tokens, limit, few_shot, column_mapping, response_column, trust_existing, execution.")]
    public async Task Body_WhenAFieldCannotBeRight_NamesItAndSaysWhatWouldBe(string path, string body, string field, string message)
    {
        var reply = await _api.PostAsync(path, body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Code, Is.EqualTo("validation_failed"));
        Assert.That(reply["errors"].GetProperty(field)[0].GetString(), Is.EqualTo(message));
    }

    [TestCase("{\"text_columns\": [")]
    [TestCase("{\"name\": \"a\"} {}")]
    [TestCase("{'name': 'a'}")]
    [TestCase("{\"name\": \"a\",}")]
    [TestCase("// nothing\n{}")]
    public async Task Body_WhenItIsNoJson_IsMalformed(string body)
    {
        var reply = await _api.PostAsync("sheets", body);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(reply.Code, Is.EqualTo("malformed_request"));
    }

    [Test]
    public async Task Body_WhenNestedTooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));

        var reply = await _api.PostAsync("canonical-labels", $$"""{"label_data": {{deep}}}""");

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply.Code, Is.EqualTo("malformed_request"));
    }

    [Test]
    public async Task Label_WhenNestedAsDeepAsAllowed_ComesBackAsItWas()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64));

        var stored = await _api.PostAsync("canonical-labels", Label("deep", deep)).Expect(HttpStatusCode.Created);
        var listed = await _api.GetAsync("canonical-labels?item_ref=deep").Expect(HttpStatusCode.OK);
        var refused = await _api.PostAsync("canonical-labels", Label("deep", $"[{deep}]"));

        Assert.That(stored["label_data"].GetRawText(), Is.EqualTo(deep));
        Assert.That(listed["items"][0].GetProperty("label_data").GetRawText(), Is.EqualTo(deep));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("1.50")]
    [TestCase("\"Lötbrücke 🔧 \\\"x\\\"\"")]
    [TestCase("false")]
    [TestCase("{\"b\":1e2,\"a\":[null]}")]
    public async Task Label_WhenItsDataIsAnyJson_ComesBackAsItWas(string data)
    {
        await _api.PostAsync("canonical-labels", Label("any", data));

        var read = await _api.GetAsync("canonical-labels/lookup?sheet_id=inspections&item_ref=any&label_type=classification").Expect(HttpStatusCode.OK);

        Assert.That(read["label_data"].GetRawText(), Is.EqualTo(data));
    }

    [Test]
    public async Task Put_WhenTheBodyNamesAnotherId_IsRefused()
    {
        var sheet = await _api.GetAsync("sheets/inspections").Expect(HttpStatusCode.OK);
        var template = await _api.GetAsync("templates/triage").Expect(HttpStatusCode.OK);

        var moved = await _api.PutAsync("sheets/photos", sheet.Text);
        var renamed = await _api.PutAsync("templates/unfit", template.Text);

        Assert.That(moved.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(moved["errors"].GetProperty("id").GetArrayLength(), Is.EqualTo(1));
        Assert.That(renamed["errors"].GetProperty("id").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("sheets/inspections")]
    [TestCase("templates/triage")]
    public async Task Put_WhenWhatWasReadIsSentBack_IsAccepted(string path)
    {
        var read = await _api.GetAsync(path).Expect(HttpStatusCode.OK);

        var replaced = await _api.PutAsync(path, read.Text).Expect(HttpStatusCode.OK);

        Assert.That(replaced["id"].GetString(), Is.EqualTo(read["id"].GetString()));
    }

    [TestCase("utf-16")]
    [TestCase("iso-8859-1")]
    public async Task Body_WhenInAnotherEncoding_IsReadInIt(string charset)
    {
        using var content = new StringContent("""{"label_type": "ü"}""", System.Text.Encoding.GetEncoding(charset), "application/json");
        using var response = await _api.Client.PostAsync("/api/v1/templates", content);

        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("validation_failed"), "it was read as JSON");
    }

    private static string Label(string item, string data) =>
        $$"""{"sheet_id": "inspections", "item_ref": "{{item}}", "label_type": "classification", "label_data": {{data}}}""";
}

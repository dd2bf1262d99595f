using System.Text;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class ServingTests : WorkspaceFixture
{
    private const string Invocations = $"/serving-endpoints/{FakeServing.Model}/invocations";
    private const string Completions = "/serving-endpoints/chat/completions";

    [TestCase(Invocations, "")]
    [TestCase(Completions, "\"model\":\"databricks-fake-model\",")]
    [TestCase("/ai-gateway/mlflow/v1/chat/completions", "\"model\":\"system.ai.fake-model\",")]
    [TestCase("/ai-gateway/mlflow/v1/chat/completions", "\"model\":\"databricks-fake-model\",")]
    public async Task Ask_AtEachAddress_IsAnsweredByTheSameEndpoint(string path, string model)
    {
        var answer = await Api.PostAsync(path, $$"""{{{model}}"messages":[{"role":"user","content":"why?"}],"max_tokens":5,"temperature":0}""");
        var choice = answer.Json.GetProperty("choices")[0];
        var call = Workspace.Serving.Calls.Single();
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, choice.GetProperty("message").GetProperty("content").GetString()), Is.EqualTo((200, "answer to why?")));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
            Assert.That(answer.Json.GetProperty("usage").GetRawText(), Is.EqualTo("""{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}"""));
            Assert.That(answer.Header("served-model-name"), Is.EqualTo(FakeServing.Model));
            Assert.That(answer.Header("x-request-id"), Is.Not.Empty);
            Assert.That((call.Endpoint, call.Identity, call.MaxTokens, call.Temperature), Is.EqualTo((FakeServing.Model, "owner", 5, 0.0)));
        });
    }

    [Test]
    public async Task Ask_WithPictures_RecordsThem()
    {
        await Api.PostAsync(Invocations, """
            {"messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"what "},{"type":"text","text":"is it?"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw=="}}]}]}
            """);
        var turn = Workspace.Serving.Calls.Single().Messages[1];
        Assert.That((turn.Text, turn.InParts, turn.Images.Single()), Is.EqualTo(("what is it?", true, "data:image/png;base64,iVBORw==")));
    }

    [TestCase("""{"messages":[{"role":"user","content":"x"}],"seed":1}""", "Bad request: json: unknown field \"seed\"")]
    [TestCase("""{"model":"m","messages":[{"role":"user","content":"x"}]}""", "Bad request: json: unknown field \"model\"")]
    [TestCase("""{"messages":[{"role":"user","content":"x","name":"y"}]}""", "unknown field \"name\"")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"max_tokens":1.5}""", "max_tokens")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"max_tokens":null}""", "max_tokens")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"temperature":2.1}""", "temperature")]
    [TestCase("""{"messages":[]}""", "messages")]
    [TestCase("""{}""", "messages is missing")]
    [TestCase("""[]""", "must be an object")]
    [TestCase("""{"messages":""", "Bad request: json")]
    [TestCase("""{"messages":[{"role":"system","content":"x"}]}""", "user message")]
    [TestCase("""{"messages":[{"role":"user","content":"x"},{"role":"system","content":"x"}]}""", "one system message")]
    [TestCase("""{"messages":[{"role":"system","content":"x"},{"role":"system","content":"y"},{"role":"user","content":"x"}]}""", "one system message")]
    [TestCase("""{"messages":[{"role":"narrator","content":"x"}]}""", "role")]
    [TestCase("""{"messages":[{"role":"user","content":""}]}""", "not empty")]
    [TestCase("""{"messages":[{"role":"user","content":null}]}""", "content")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"audio"}]}]}""", "audio")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"/Volumes/main/lab/photos/1.png"}}]}]}""", "data URIs")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,?"}}]}]}""", "Base64")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"xml"}}""", "xml")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"$ref":"#/x"}}}}""", "$ref")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"string"}}}}""", "name")]
    public async Task Ask_WhenTheRequestIsWrong_IsRefused(string body, string message)
    {
        var answer = await Api.PostAsync(Invocations, body);
        Assert.That((answer.Status, answer.Json.GetProperty("error_code").GetString()), Is.EqualTo((400, "BAD_REQUEST")), answer.Body);
        Assert.That(answer.Json.GetProperty("message").GetString(), Does.Contain(message));
        Assert.That(Workspace.Serving.CallCount, Is.Zero);
    }

    [Test]
    public async Task Ask_WithASchema_AnswersSomethingThatSatisfiesIt()
    {
        var answer = await Api.PostAsync(Invocations, """
            {"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"label","strict":true,"schema":{"type":"object",
            "properties":{"verdict":{"enum":["ok","defect"]},"note":{"type":"string"},"count":{"type":"integer","minimum":3},"sure":{"type":["boolean","null"]},
            "tags":{"type":"array","items":{"type":"string"},"minItems":2},"inner":{"type":"object","properties":{"x":{"type":"number"}}}},
            "required":["verdict"],"additionalProperties":false}}}}
            """);
        Assert.That(answer.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(),
            Is.EqualTo("""{"verdict":"ok","note":"answer to x","count":3,"sure":true,"tags":["answer to x","answer to x"],"inner":{"x":0.5}}"""));
    }

    [Test]
    public async Task Ask_WithMoreThan4MB_IsTooLarge([Values] bool lengthIsKnown)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"messages":[{"role":"user","content":"{{new string('x', 4 * 1024 * 1024)}}"}]}""");
        using HttpContent content = lengthIsKnown ? new ByteArrayContent(bytes) : new StreamContent(new OfUnknownLength(bytes));
        content.Headers.ContentType = new("application/json");
        Assert.That((await Api.SendAsync(HttpMethod.Post, Invocations, content)).Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Ask_WhenToldHowToAnswer_DoesSoOnceEach()
    {
        Workspace.Serving.Next(
            ServingAnswers.Blocks("thinking", "a", "b"), ServingAnswers.Null(), ServingAnswers.CutOff("half"), ServingAnswers.Filtered(), ServingAnswers.WithoutUsage("plain"),
            ServingAnswers.RateLimited("7"), ServingAnswers.RateLimitedLikeOpenAI(9), ServingAnswers.Retired(), ServingAnswers.Raw(502, "<html>", "text/html"));
        var answers = new List<Answer>();
        for (var i = 0; i < 10; i++) answers.Add(await AskAsync());
        Assert.Multiple(() =>
        {
            Assert.That(Content(answers[0]).GetArrayLength(), Is.EqualTo(3));
            Assert.That(Content(answers[1]).ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That((Finish(answers[2]), Finish(answers[3])), Is.EqualTo(("length", "content_filter")));
            Assert.That(answers[4].Json.TryGetProperty("usage", out _), Is.False);
            Assert.That((answers[5].Status, answers[5].Header("retry-after"), answers[5].Json.GetProperty("error_code").GetString()), Is.EqualTo((429, "7", "REQUEST_LIMIT_EXCEEDED")));
            Assert.That((answers[6].Status, answers[6].Header("retry-after"), answers[6].Json.GetProperty("error").GetProperty("retry_after").GetInt32()), Is.EqualTo((429, (string?)null, 9)));
            Assert.That((answers[7].Status, answers[7].Json.GetProperty("message").GetString()), Is.EqualTo((403, "'databricks-fake-model' is no longer available. Use Unity Catalog model services.")));
            Assert.That((answers[8].Status, answers[8].Header("content-type")), Is.EqualTo((502, "text/html")));
            Assert.That(Content(answers[9]).GetString(), Is.EqualTo("answer to x"));
        });
    }

    [Test]
    public async Task Ask_OfAnEndpointThatIsNotReadyOrNotThere_IsRefused()
    {
        Workspace.Serving.Endpoint("databricks-slow", ready: false);
        const string body = """{"messages":[{"role":"user","content":"x"}]}""";
        var notReady = await Api.PostAsync("/serving-endpoints/databricks-slow/invocations", body);
        var notThere = await Api.PostAsync("/serving-endpoints/nothing/invocations", body);
        Workspace.Serving.Endpoint("databricks-slow");
        Assert.That((notReady.Status, notThere.Status), Is.EqualTo((503, 404)));
        Assert.That((await Api.PostAsync("/serving-endpoints/databricks-slow/invocations", body)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Get_OfEndpoints_SaysWhetherTheyAreReady()
    {
        Workspace.Serving.Endpoint("databricks-slow", ready: false);
        var one = (await Api.GetAsync("/api/2.0/serving-endpoints/databricks-slow")).Json;
        var all = (await Api.GetAsync("/api/2.0/serving-endpoints")).Json.GetProperty("endpoints");
        var none = await Api.GetAsync("/api/2.0/serving-endpoints/nothing");
        Assert.That(one.GetProperty("state").GetProperty("ready").GetString(), Is.EqualTo("NOT_READY"));
        Assert.That(all.EnumerateArray().Select(endpoint => endpoint.GetProperty("state").GetProperty("ready").GetString()), Is.EqualTo(new[] { "READY", "NOT_READY" }));
        Assert.That((none.Status, none.Json.GetProperty("error_code").GetString()), Is.EqualTo((404, "RESOURCE_DOES_NOT_EXIST")));
    }

    [Test]
    public async Task Ask_OfManyAtOnce_CountsThoseThatAreOpen()
    {
        var gate = new TaskCompletionSource();
        Workspace.Serving.Hold(gate.Task);
        var asked = Enumerable.Range(0, 4).Select(_ => AskAsync()).ToArray();
        while (Workspace.Serving.InFlight < 4) await Task.Yield();
        gate.SetResult();
        await Task.WhenAll(asked);
        Assert.That((Workspace.Serving.CallCount, Workspace.Serving.MostInFlight, Workspace.Serving.InFlight), Is.EqualTo((4, 4, 0)));
    }

    private static JsonElement Content(Answer answer) => answer.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content");

    private static string? Finish(Answer answer) => answer.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString();

    private Task<Answer> AskAsync() => Api.PostAsync(Invocations, """{"messages":[{"role":"user","content":"x"}]}""");

    private sealed class OfUnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

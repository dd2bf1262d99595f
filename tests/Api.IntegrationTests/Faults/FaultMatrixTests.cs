using System.Net;
using System.Text.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Faults;

/// <summary>
/// Each known failure of an endpoint, on the first, a middle and the last item at once, from the request to the rows of the store: what each item becomes, what it costs, and that
/// the counts are the rows'.
/// </summary>
internal sealed class FaultMatrixTests
{
    private const int Items = 12;
    private const int MaxAttempts = 3;

    private FaultyEndpoint _endpoint = null!;

    private static IEnumerable<string> Passing => EndpointFaults.Passing.Keys;

    private static IEnumerable<string> OfOneItem => EndpointFaults.OfOneItem.Keys;

    [OneTimeSetUp]
    public async Task StartAsync() => _endpoint = await FaultyEndpoint.StartAsync(Items, MaxAttempts);

    [OneTimeTearDown]
    public async Task StopAsync() => await _endpoint.DisposeAsync();

    [TestCaseSource(nameof(Passing))]
    public async Task Generate_WhenAFaultPasses_EveryItemIsAnswered(string fault)
    {
        _endpoint.Replies((board, attempt) => IsStruck(board) && attempt == 0 ? EndpointFaults.Passing[fault] : null);

        var pairs = await _endpoint.PairsAsync(await GenerateAsync("review"));

        AssertAnswered(pairs);
        Assert.That(Attempts(), Is.EqualTo(Enumerable.Range(0, Items).Select(board => IsStruck(board) ? 2 : 1)));
        Assert.That(pairs.Select(pair => pair.GetProperty("generation_metadata").GetProperty("attempts").GetInt32()), Is.EqualTo(Attempts()));
    }

    [TestCaseSource(typeof(EndpointFaults), nameof(EndpointFaults.Lasting))]
    public async Task Generate_WhenAFaultLasts_FlagsItsItemsAndAnswersTheOthers(string fault)
    {
        _endpoint.Replies((board, _) => IsStruck(board) ? EndpointFaults.Passing[fault] : null);

        var pairs = await _endpoint.PairsAsync(await GenerateAsync("review"));

        AssertFlagged(pairs, "retries_exhausted");
        Assert.That(Attempts(), Is.EqualTo(Enumerable.Range(0, Items).Select(board => IsStruck(board) ? MaxAttempts : 1)));
    }

    [TestCaseSource(nameof(OfOneItem))]
    public async Task Generate_WhenAQuestionFails_FlagsItsItemAtOnce(string fault)
    {
        var (code, reply) = EndpointFaults.OfOneItem[fault];
        _endpoint.Replies((board, _) => IsStruck(board) ? reply : null);

        var pairs = await _endpoint.PairsAsync(await GenerateAsync("review"));

        AssertFlagged(pairs, code);
        Assert.That(Attempts(), Has.All.EqualTo(1));
    }

    [TestCaseSource(typeof(EndpointFaults), nameof(EndpointFaults.OfTheWholeRun))]
    public async Task Generate_WhenTheEndpointRefusesEverything_FailsKeepsWhatIsDoneAndResumesExactly(int status)
    {
        _endpoint.Replies((board, _) => IsStruck(board) ? ChatReplies.Status(status) : null);
        var failed = await GenerateAsync("failed");
        var kept = await _endpoint.PairsAsync(failed, whole: false);
        var asked = Attempts();

        _endpoint.Replies((_, _) => null);
        var resumed = await _endpoint.Api.PostAsync($"training-sheets/{failed.Text("id")}/resume", null);
        var pairs = await _endpoint.PairsAsync(resumed);

        Assert.That(failed["status_reason"].Text("code"), Is.EqualTo("foundation_model_failed"));
        Assert.That(asked.Max(), Is.EqualTo(1), "a refusal of everything is not tried again");
        AssertAnswered(pairs);
        var done = kept.Select(pair => pair.Text("item_ref")).ToHashSet();
        Assert.That(Attempts(), Is.EqualTo(Enumerable.Range(0, Items).Select(board => done.Contains(FaultyEndpoint.Board(board)) ? 0 : 1)), "what was kept is not asked again");
    }

    private static bool IsStruck(int board) => board is 0 or (Items / 2) or (Items - 1);

    private static void AssertAnswered(IReadOnlyList<JsonElement> pairs)
    {
        Assert.That(pairs.Select(pair => pair.Text("status")), Has.All.EqualTo("unlabeled"));
        Assert.That(pairs.Select(pair => pair.Says("assistant")), Is.EqualTo(Enumerable.Range(0, Items).Select(board => $"answer for {FaultyEndpoint.Board(board)}")));
    }

    private static void AssertFlagged(IReadOnlyList<JsonElement> pairs, string code)
    {
        for (var board = 0; board < Items; board++)
        {
            var error = pairs[board].GetProperty("generation_metadata").GetProperty("error");
            var found = (pairs[board].Text("status"), error.ValueKind is JsonValueKind.Null ? null : error.Text("code"));
            Assert.That(found, Is.EqualTo(IsStruck(board) ? ("flagged", code) : ("unlabeled", null)), FaultyEndpoint.Board(board));
        }
    }

    private IEnumerable<int> Attempts() => [.. Enumerable.Range(0, Items).Select(_endpoint.AttemptsAt)];

    private async Task<Reply> GenerateAsync(string status)
    {
        var sheet = await _endpoint.GenerateAsync().Expect(HttpStatusCode.Created);
        Assert.That(sheet.Text("status"), Is.EqualTo(status), sheet.Text);
        return sheet;
    }
}

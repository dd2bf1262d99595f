using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Faults;

/// <summary>An endpoint in a bad way: all kinds of failures at once, and one that goes away.</summary>
internal sealed class MixedFaultTests
{
    [Test]
    public async Task Generate_WhenThreeCallsOfTenFailInEveryWay_AccountsForEveryItem()
    {
        const int Items = 150;
        const int Seed = 20261124;
        await using var endpoint = await FaultyEndpoint.StartAsync(Items, maxAttempts: 20);
        endpoint.Replies((board, attempt) => Drawn(Seed, board, attempt)?.Reply);

        var sheet = await endpoint.GenerateAsync().Expect(HttpStatusCode.Created);
        var pairs = await endpoint.PairsAsync(sheet);

        for (var board = 0; board < Items; board++)
        {
            // The first attempt that does not pass decides.
            var last = Enumerable.Range(0, 20).First(attempt => Drawn(Seed, board, attempt) is not { Code: null });
            var code = Drawn(Seed, board, last)?.Code;
            var error = pairs[board].GetProperty("generation_metadata").GetProperty("error");
            Assert.That(endpoint.AttemptsAt(board), Is.EqualTo(last + 1), FaultyEndpoint.Board(board));
            Assert.That(
                (pairs[board].Text("status"), error.ValueKind is System.Text.Json.JsonValueKind.Null ? null : error.Text("code")),
                Is.EqualTo((code is null ? "unlabeled" : "flagged", code)), FaultyEndpoint.Board(board));
        }
    }

    [Test]
    public async Task Generate_WhenTheEndpointGoesAway_FailsInTheEndAndResumesWhereItIsNow()
    {
        await using var endpoint = await FaultyEndpoint.StartAsync(items: 60, maxAttempts: 3);
        await using var elsewhere = await FakeModelServer.StartAsync();
        elsewhere.Always(ChatReplies.Answer("there"));
        endpoint.Replies((board, _) => board < 20 ? null : ChatReplies.Reset());

        var failed = await endpoint.GenerateAsync().Expect(HttpStatusCode.Created);
        var kept = await endpoint.PairsAsync(failed, whole: false);
        await endpoint.MoveToAsync(elsewhere.BaseUrl);
        var resumed = await endpoint.Api.PostAsync($"training-sheets/{failed.Text("id")}/resume", null);
        var pairs = await endpoint.PairsAsync(resumed);

        Assert.That((failed.Text("status"), failed["status_reason"].Text("code")), Is.EqualTo(("failed", "foundation_model_failed")));
        Assert.That(pairs.Select(pair => pair.Text("status")), Has.All.EqualTo("unlabeled"));
        Assert.That(elsewhere.CallCount, Is.EqualTo(60 - kept.Count(pair => pair.Text("status") == "unlabeled")), "what was answered is not asked again");
    }

    // What becomes of an attempt: null is a good answer, a fault without a code passes. Follows from the numbers alone, whatever order the attempts come in.
    private static (string? Code, ChatReply Reply)? Drawn(int seed, int board, int attempt)
    {
        var chance = new Random(HashCodeOf(seed, board, attempt));
        if (chance.NextDouble() >= 0.3) return null;
        var kinds = EndpointFaults.Passing.Count + EndpointFaults.OfOneItem.Count;
        var kind = chance.Next(kinds);
        return kind < EndpointFaults.Passing.Count
            ? (null, EndpointFaults.Passing.Values.ElementAt(kind))
            : EndpointFaults.OfOneItem.Values.ElementAt(kind - EndpointFaults.Passing.Count);
    }

    // HashCode itself is another in every process.
    private static int HashCodeOf(int seed, int board, int attempt) => unchecked(((seed * 31) + board) * 1_000_003) ^ (attempt * 7919);
}

using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>Somebody watches a generation in the background, over a real embedded workspace.</summary>
internal sealed class EventJourneyTests
{
    private const string Sheet = """
        {"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}
        """;

    private const int Items = 120;

    private TempWorkspace _workspace = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _workspace = await TempWorkspace.CreateAsync();
        _workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, Items).Select(i => $"B-{i:D3},note {i}\n")));
    }

    [TearDown]
    public async Task DeleteAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task Events_WhenItRunsInTheBackground_TellHowItComesAlongUntilTheEnd()
    {
        const int answered = 30;
        _workspace.Model.Always(call => call.Number <= answered ? ChatReplies.Answer("fine") : ChatReplies.Silence());
        using var api = _workspace.Start(("FoundationModel:MaxConcurrency", "4"), ("Generation:FlushSeconds", "0.1"));
        await api.DefineAsync(Sheet);
        var location = (await api.GenerateAsync().Expect(HttpStatusCode.Accepted)).Location!;
        using var client = await EventClient.ConnectAsync(api, location);
        await client.UntilAsync(() => client.Events.Any(seen => seen.Data.GetProperty("done").GetInt64() == answered && seen.Data.GetProperty("in_flight") is { ValueKind: System.Text.Json.JsonValueKind.Number }));
        using var late = await EventClient.ConnectAsync(api, location);
        await late.UntilAsync(() => late.Events.Count > 0);

        await api.PostAsync($"{location}/cancel", null).Expect(HttpStatusCode.OK);
        await client.EndAsync();
        await late.EndAsync();

        var (events, end) = (client.Events.ToList(), client.Events.Last());
        Assert.That(events.Select(seen => seen.Data.GetProperty("done").GetInt64()), Is.Ordered.Ascending);
        Assert.That(events.SkipLast(1).Select(seen => seen.Name), Has.All.EqualTo("progress"));
        Assert.That((end.Name, end.Data.GetProperty("done").GetInt64(), end.Data.GetProperty("total").GetInt64()), Is.EqualTo(("failed", answered, Items)));
        Assert.That(events.Any(seen => seen.Data.GetProperty("per_second") is { ValueKind: System.Text.Json.JsonValueKind.Number } rate && rate.GetDouble() > 0));
        Assert.That(late.Events.Last().Id, Is.EqualTo(end.Id), "all are told the same end");

        _workspace.Model.Always(_ => ChatReplies.Answer("fine"));
        await api.PostAsync($"{location}/resume", null).Expect(HttpStatusCode.Accepted);
        using var resumed = await EventClient.ConnectAsync(api, location, end.Id);
        await resumed.EndAsync();
        Assert.That((resumed.Events.Last().Name, resumed.Events.Last().Data.GetProperty("done").GetInt64()), Is.EqualTo(("completed", Items)));
        Assert.That(resumed.Events.Select(seen => seen.Id), Has.None.EqualTo(end.Id));
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Faults;

/// <summary>The real host over a real embedded workspace, a table of boards, and an endpoint that a test makes fail; time passes faster, so that waits between attempts do not.</summary>
internal sealed class FaultyEndpoint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly TempWorkspace _workspace;

    private FaultyEndpoint(TempWorkspace workspace, int items) => (_workspace, Items) = (workspace, items);

    /// <summary>How many boards there are.</summary>
    public int Items { get; }

    public TestApi Api { get; private set; } = null!;

    public FakeModelServer Model => _workspace.Model;

    public static string Board(int number) => string.Create(CultureInfo.InvariantCulture, $"B-{number:D4}");

    public static async Task<FaultyEndpoint> StartAsync(int items, int maxAttempts)
    {
        var endpoint = new FaultyEndpoint(await TempWorkspace.CreateAsync(), items);
        endpoint._workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, items).Select(i => $"{Board(i)},note {i}\n")));
        endpoint.Api = endpoint.StartHost(endpoint.Model.BaseUrl, maxAttempts);
        await endpoint.Api.DefineAsync("""
            {"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}
            """);
        return endpoint;
    }

    /// <summary>Starts another host in place of the one there is, whose endpoint is somewhere else.</summary>
    public async Task MoveToAsync(string baseUrl)
    {
        await Api.DisposeAsync();
        Api = StartHost(baseUrl, maxAttempts: 3);
    }

    /// <summary>Has the endpoint answer each attempt at a board as <paramref name="reply"/> says; null is a good answer. Boards and attempts are counted from 0.</summary>
    public void Replies(Func<int, int, ChatReply?> reply)
    {
        _attempts.Clear();
        Model.Always(call =>
        {
            var board = call.Question.Split(' ')[1].TrimEnd(':');
            var attempt = _attempts.AddOrUpdate(board, 0, (_, before) => before + 1);
            return reply(int.Parse(board[2..], CultureInfo.InvariantCulture), attempt) ?? ChatReplies.Answer($"answer for {board}");
        });
    }

    /// <summary>How often the endpoint was asked about a board.</summary>
    public int AttemptsAt(int board) => _attempts.GetValueOrDefault(Board(board), -1) + 1;

    /// <summary>Generates while the caller waits.</summary>
    public Task<Reply> GenerateAsync() => Api.GenerateAsync(config: """{"execution": "sync"}""");

    /// <summary>The pairs of a training sheet: one an item, in order, and as the sheet counts them, once it is whole.</summary>
    public async Task<IReadOnlyList<JsonElement>> PairsAsync(Reply sheet, bool whole = true)
    {
        var pairs = await Api.ReadPairsAsync($"/api/v1/training-sheets/{sheet.Text("id")}");
        var refs = pairs.Select(pair => pair.Text("item_ref")).ToList();
        var byStatus = pairs.CountBy(pair => pair.Text("status")!).ToDictionary();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refs, whole ? Is.EqualTo(Enumerable.Range(0, Items).Select(Board)) : Is.Unique.And.Ordered);
            foreach (var status in new[] { "labeled", "unlabeled", "rejected", "flagged" })
                Assert.That(sheet.Number($"{status}_pairs"), Is.EqualTo(byStatus.GetValueOrDefault(status)), status);
            Assert.That(sheet.Number("total_pairs"), Is.EqualTo(pairs.Count));
        }

        return pairs;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    private TestApi StartHost(string baseUrl, int maxAttempts) => TestApi.Start(
        services => services.AddSingleton<TimeProvider>(new FastClock(20)),
        ("Workspace:Local:Path", _workspace.Folder),
        ("Workspace:Local:SeedSample", "false"),
        ("FoundationModel:BaseUrl", baseUrl),
        ("FoundationModel:MaxAttempts", $"{maxAttempts}"),
        ("FoundationModel:TimeoutSeconds", "60"),
        ("FoundationModel:MaxConcurrency", "8"));
}

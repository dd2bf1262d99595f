using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>An embedded workspace in which programs are killed, and the endpoint they ask, which takes its time.</summary>
internal sealed class CrashSite : IAsyncDisposable
{
    /// <summary>How many boards there are; every fourth is labelled.</summary>
    public const int Items = 400;

    /// <summary>How many calls a program may have in flight.</summary>
    public const int MaxConcurrency = 8;

    /// <summary>Questions there are to ask.</summary>
    public const int Open = Items - (Items / 4);

    private readonly TempWorkspace _workspace;

    private CrashSite(TempWorkspace workspace)
    {
        _workspace = workspace;
        Model.Always(call => ChatReplies.After(Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System), ChatReplies.Answer($"answer for {call.Question.Split(' ')[1].TrimEnd(':')}")));
    }

    /// <summary>The endpoint.</summary>
    public FakeModelServer Model => _workspace.Model;

    /// <summary>What a program that works here is set to.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings =>
    [
        ("Workspace:Local:Path", _workspace.Folder),
        ("Workspace:Local:SeedSample", "false"),
        ("FoundationModel:BaseUrl", Model.BaseUrl),
        ("FoundationModel:MaxConcurrency", $"{MaxConcurrency}"),
        ("Generation:BatchSize", "40"),
        ("Generation:AsyncThreshold", "10"),
    ];

    /// <summary>Where the database keeps what it has committed last.</summary>
    public string Journal => Path.Combine(_workspace.Folder, "generation.duckdb.wal");

    public static string Board(int number) => string.Create(CultureInfo.InvariantCulture, $"B-{number:D4}");

    public static async Task<CrashSite> CreateAsync()
    {
        var site = new CrashSite(await TempWorkspace.CreateAsync());
        site._workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, Items).Select(i => $"{Board(i)},note {i}\n")));
        using var api = site._workspace.Start();
        await api.DefineAsync("""
            {"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}
            """);
        var labels = string.Join('\n', Enumerable.Range(0, Items).Where(IsLabelled).Select(i =>
            $$"""{"sheet_id": "boards", "item_ref": "{{Board(i)}}", "label_type": "defect", "label_data": "label of {{Board(i)}}", "labeled_by": "dr.lee"}"""));
        await api.PostAsync("canonical-labels/bulk", labels, "application/x-ndjson").Expect(System.Net.HttpStatusCode.OK);
        return site;
    }

    /// <summary>
    /// Opens the workspace, in which nobody is at work now, and sees that what is there is right: no pair twice, none that is not as it must be, the counts theirs.
    /// Null while there is no training sheet.
    /// </summary>
    public async Task<TrainingSheet?> InspectAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        await using var services = new ServiceCollection().AddLogging().AddApplication().AddInfrastructure(configuration).BuildServiceProvider();
        await services.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);
        var sheets = await services.GetRequiredService<ITrainingSheetRepository>().ListAsync(new PageRequest(10), CancellationToken.None);
        if (sheets.Items is not [var sheet]) return null;

        var pairs = new List<QAPair>();
        await foreach (var pair in services.GetRequiredService<IQAPairRepository>().StreamAsync(sheet.Id, new QAPairFilter(), CancellationToken.None)) pairs.Add(pair);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pairs.Select(pair => pair.State.ItemRef.Value), Is.Unique);
            Assert.That(pairs.Where(pair => Said(pair) != Expected(pair)).Select(Said), Is.Empty);
            Assert.That(sheet.Tally, Is.EqualTo(PairTally.Of(pairs.Select(pair => pair.Status))));
        }

        return sheet;
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static bool IsLabelled(int board) => board % 4 == 0;

    private static (QAPairStatus Status, string? Answer) Said(QAPair pair) => (pair.Status, pair.State.Conversation.Assistant);

    private static (QAPairStatus Status, string? Answer) Expected(QAPair pair)
    {
        var item = pair.State.ItemRef.Value;
        return IsLabelled(int.Parse(item[2..], CultureInfo.InvariantCulture)) ? (QAPairStatus.Labeled, $"label of {item}") : (QAPairStatus.Unlabeled, $"answer for {item}");
    }
}

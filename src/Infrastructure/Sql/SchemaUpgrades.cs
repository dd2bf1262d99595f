using Mirion.Generation.Application.Ports;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>One step from a schema version to the next. A step that was released is never changed.</summary>
/// <param name="Version">The version it leads to.</param>
/// <param name="ApplyAsync">What it does; safe to repeat, since not every store undoes half of it.</param>
internal sealed record SchemaUpgrade(int Version, Func<ISqlWriter, Task> ApplyAsync);

/// <summary>What the schema upgrades found and did.</summary>
/// <param name="From">The version found; 0 for none.</param>
/// <param name="To">The version now.</param>
internal sealed record SchemaChange(int From, int To);

/// <summary>Brings the product's own tables to the shape this program knows: a new store at once, an older one step by step.</summary>
/// <param name="session">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="steps">The steps from version 1 on, in order.</param>
internal sealed class SchemaUpgrades(ISqlSession session, TimeProvider clock, params IReadOnlyList<SchemaUpgrade> steps)
{
    private const int First = 1;

    private static readonly TableDefinition<(int Version, DateTimeOffset AppliedAt)> Versions = new("schema_version", "The versions these tables have had.", ["version"],
    [
        new("version", Integer, "The version.", row => row.Version),
        new("applied_at", ColumnKind.Timestamp, "Since when.", row => row.AppliedAt),
    ]);

    /// <summary>The product's own tables.</summary>
    public static IReadOnlyList<TableDefinition> Tables { get; } =
        [SheetRows.Table, PromptTemplateRows.Table, TemplateVersionRows.Table, CanonicalLabelRows.Table, CanonicalLabelRows.Versions, TrainingSheetRows.Table, QAPairRows.Table];

    /// <summary>The steps there are.</summary>
    public static IReadOnlyList<SchemaUpgrade> Steps { get; } =
    [
        new(2, writer => writer.AddColumnsAsync(TrainingSheetRows.Table, TrainingSheetRows.Lease)),
        new(3, AddReviewAsync),
        new(4, AddTemplateVersionsAsync),
    ];

    /// <summary>The version that this program knows.</summary>
    public int Latest => steps is [.., var last] ? last.Version : First;

    /// <summary>The version of the tables there are; fails where the store has none.</summary>
    /// <exception cref="UpstreamException">They were made by a later version of this program.</exception>
    public async Task<int> FindVersionAsync(CancellationToken cancellationToken) => Known((await session.QueryAsync(FindVersion(), ReadVersion, cancellationToken))[0]);

    /// <summary>Creates or upgrades the tables; does nothing when they are as they should be.</summary>
    /// <exception cref="UpstreamException">They were made by a later version of this program.</exception>
    public async Task<SchemaChange> ApplyAsync(CancellationToken cancellationToken)
    {
        var found = Known(await session.WriteAsync(BeginAsync, cancellationToken));
        if (found == 0) await RecordAsync(Latest, CreateAsync, cancellationToken);
        foreach (var step in steps.Where(step => found > 0 && step.Version > found)) await RecordAsync(step.Version, step.ApplyAsync, cancellationToken);
        return new SchemaChange(found, Latest);
    }

    private static async Task<int> BeginAsync(ISqlWriter writer)
    {
        await writer.CreateAsync(Versions);
        return (await writer.QueryAsync(FindVersion(), ReadVersion))[0];
    }

    private static async Task AddReviewAsync(ISqlWriter writer)
    {
        await writer.AddColumnsAsync(QAPairRows.Table, QAPairRows.Review);
        await writer.CreateAsync(CanonicalLabelRows.Versions);
    }

    // What was published before is kept from now on.
    private static async Task AddTemplateVersionsAsync(ISqlWriter writer)
    {
        await writer.CreateAsync(TemplateVersionRows.First);
        await writer.ExecuteAsync(TemplateVersionStatements.Keep(TemplateVersionRows.First, SqlStatement.Of($"TRUE")), repeatable: true);
    }

    private static SqlStatement FindVersion() => SqlStatement.Of($"SELECT max({Versions["version"]}) AS {Versions["version"]} FROM {Versions}");

    private static int ReadVersion(SqlRow row) => row.IntegerOrNull("version") ?? 0;

    private int Known(int found) => found <= Latest ? found : throw new UpstreamException(
        "workspace_too_new",
        $"The workspace's tables have version {found}, but this program knows none above {Latest}. Use the program that made them, or a newer one.");

    private static async Task CreateAsync(ISqlWriter writer)
    {
        foreach (var table in Tables) await writer.CreateAsync(table);
    }

    private Task<long> RecordAsync(int version, Func<ISqlWriter, Task> apply, CancellationToken cancellationToken) => session.WriteAsync(
        async writer =>
        {
            await apply(writer);
            return await writer.ExecuteAsync(Versions.InsertIfAbsent((version, clock.GetUtcNow())), repeatable: true);
        },
        cancellationToken);
}

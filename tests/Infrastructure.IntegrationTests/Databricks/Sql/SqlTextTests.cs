using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.Infrastructure.Databricks.Doctor;
using Mirion.Generation.Infrastructure.IntegrationTests.Sql;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;
using Snapshooter.NUnit;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>Every SQL text that the product itself sends to a warehouse. Those over a user's table are made from the same parts and listed with the sources.</summary>
[TestFixture]
public sealed class SqlTextTests
{
    private static readonly IReadOnlyCollection<string> Spelled =
        ["'delta.isolationLevel'", "'Serializable'", "'json'", "'FAILFAST'", "'ARRAY<STRING>'", "'/Volumes/main/mirion/staging/qa_pairs-NAME.json'", "'/Volumes/main/mirion/staging/canonical_labels-NAME'", "'/Volumes/main/mirion/staging/reviews-NAME'",
            "'/Volumes/main/mirion/staging/doctor_NAME-NAME.json'", "'$[1].role'", "'$[1].content'", "'$[2].content'", "'STRING'"];

    private IReadOnlyList<string> _texts = null!;
    private IReadOnlyList<string> _missing = null!;

    [OneTimeSetUp]
    public async Task SendAllAsync()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(workspace);
        await host.Get<IWorkspace>().MigrateAsync(CancellationToken.None);
        await host.Get<IWorkspace>().PrepareAsync(CancellationToken.None);
        var calls = new EveryRepositoryCall(host);
        await calls.MakeAsync();
        _missing = [.. calls.Missing()];
        await foreach (var check in host.Get<IWorkspace>().ExamineAsync(CancellationToken.None)) Assert.That(check.Passed, check.Finding);
        Assert.That(workspace.Statements.Select(statement => statement.Error), Is.All.Null);
        _texts = [.. workspace.Statements.Concat(await UpgradedAsync()).Select(statement => SqlTextRules.Stable(statement.Text)).Distinct()];
    }

    // What brings older tables up to date.
    private static async Task<IEnumerable<SentStatement>> UpgradedAsync()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(workspace);
        await FirstVersion.MakeAsync(host.Get<ISqlSession>(), TrainingSheetBuilder.Generating());
        var before = workspace.Statements.Count;
        await host.Get<IWorkspace>().MigrateAsync(CancellationToken.None);
        return workspace.Statements.Skip(before).ToList();
    }

    [Test]
    public void SqlTexts_Always_AreThoseListed()
    {
        Assert.That(_missing, Is.Empty, "a method that is not called has texts that nobody sees");
        Snapshot.Match(string.Join("\n\n", _texts) + "\n");
    }

    [Test]
    public void SqlTexts_Always_AreDatabricksSqlWithoutAValue()
    {
        var trial = new TrialTable().Definition;
        var literals = SchemaUpgrades.Tables.Append(trial).SelectMany(table => table.Columns.Select(column => column.Comment).Append(table.Comment))
            .Concat(["Since when.", "The version.", "The versions these tables have had."])
            .Select(comment => $"'{comment.Replace("'", @"\'", StringComparison.Ordinal)}'")
            .Concat(Spelled)
            .Concat([Schema(QAPairRows.Table), Schema(ReviewRows.Table), Schema(CanonicalLabelRows.Table), Schema(trial)])
            .ToHashSet();

        Assert.That(_texts.SelectMany(text => SqlTextRules.Faults(text, literals).Select(fault => $"{fault} in {text}")), Is.Empty);
    }

    [TestCase("SELECT \"a\" FROM `t`")]
    [TestCase("SELECT `a` FROM `t` WHERE `a` = 'x'")]
    [TestCase("SELECT unnest(:p0)")]
    [TestCase("SELECT $p0")]
    [TestCase("SELECT `a`::TEXT FROM `t`")]
    public void Faults_WhenATextIsOfAnotherDialectOrHasAValue_FindsThem(string text) => Assert.That(SqlTextRules.Faults(text, new HashSet<string>()), Is.Not.Empty);

    private static string Schema(TableDefinition table)
    {
        var types = table.Columns.Select(column => $"`{column.Name}` {column.Kind switch
        {
            ColumnKind.BigInt => "BIGINT",
            ColumnKind.Integer => "INT",
            ColumnKind.Double => "DOUBLE",
            ColumnKind.TextList => "ARRAY<STRING>",
            _ => "STRING",
        }}");
        return $"'{string.Join(", ", types)}'";
    }
}

using System.Text.RegularExpressions;
using CsCheck;
using Mirion.Generation.Infrastructure.IntegrationTests.Local;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Sql;

[TestFixture]
public sealed partial class SqlStatementTests
{
    private const string Hostile = "x'; DROP TABLE sheets; --";

    [Test]
    public void Bind_WhenValuesAreInterpolated_KeepsThemOutOfTheText()
    {
        var bound = Bind(SqlStatement.Of($"SELECT {Hostile}, {1}, {2L}, {Guid.Empty}, {DateTimeOffset.UnixEpoch} WHERE x IN ({new SqlTexts([Hostile])})"));

        Assert.That(bound.Text, Does.Not.Contain("DROP"));
        Assert.That(bound.Parameters.Select(parameter => parameter.Name), Is.EqualTo(new[] { "p0", "p1", "p2", "p3", "p4", "p5" }));
        Assert.That(bound.Parameters[0].Value, Is.EqualTo(new SqlValue(ColumnKind.Text, Hostile)));
    }

    [Test]
    public void Bind_WhenPartsAreNested_NumbersTheirValuesThrough()
    {
        var bound = Bind(SqlStatement.All(SqlStatement.Of($"a = {"1"}"), null, SqlStatement.Of($"({SqlStatement.List([SqlStatement.Of($"{"2"}"), SqlStatement.Of($"{"3"}")])})")));

        Assert.That(Numbers().Matches(bound.Text).Select(match => match.Value), Is.EqualTo(new[] { "$p0", "$p1", "$p2" }));
        Assert.That(bound.Parameters.Select(parameter => parameter.Value.Value), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public void Bind_WhenIdentifiersHoldQuotes_QuotesThem()
    {
        var table = new TableDefinition<string>("a\"b", "c", ["d\"e"], [new("d\"e", ColumnKind.Text, "f", row => row)]);

        Assert.That(Bind(SqlStatement.Of($"SELECT {table.Columns} FROM {table} ORDER BY {table.Key[0]}")).Text, Is.EqualTo("SELECT \"d\"\"e\" FROM \"a\"\"b\" ORDER BY \"d\"\"e\""));
    }

    [Test]
    public void Bind_WhenSomethingElseIsInterpolated_Refuses()
    {
        Assert.That(() => Bind(SqlStatement.Of($"SELECT {(object?)null}")), Throws.ArgumentException);
        Assert.That(() => Bind(SqlStatement.Of($"SELECT {new object()}")), Throws.ArgumentException);
        Assert.That(() => Bind(SqlStatement.Of($"SELECT {'c'}")), Throws.ArgumentException);
    }

    [Test]
    public async Task QueryAsync_WhateverTheText_GivesItBack()
    {
        using var folder = new TemporaryFolder();
        await using var host = await LocalHost.PreparedAsync(folder.Path);
        var session = host.Get<ISqlSession>();

        await Gen.String.Where(text => text.All(c => !char.IsSurrogate(c))).SampleAsync(
            async text => (await session.QueryAsync(SqlStatement.Of($"SELECT {text} AS x"), row => row.TextOrNull("x"), CancellationToken.None))[0] == text,
            iter: 200);
    }

    private static BoundSql Bind(SqlStatement statement) => BoundSql.Of(statement, DuckDbDialect.Instance);

    [GeneratedRegex(@"\$p\d")]
    private static partial Regex Numbers();
}

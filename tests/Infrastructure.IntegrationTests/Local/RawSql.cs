using System.Runtime.CompilerServices;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>Statements that tests spell out.</summary>
internal static class RawSql
{
    /// <summary>The statement, as it stands.</summary>
    public static SqlStatement Of(string text) =>
        SqlStatement.Of(FormattableStringFactory.Create(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));

    /// <summary>Executes a statement.</summary>
    public static Task<long> ExecuteAsync(this LocalHost host, string text) =>
        host.Get<ISqlSession>().WriteAsync(writer => writer.ExecuteAsync(Of(text)), CancellationToken.None);

    /// <summary>The first column of every row, which is called <c>x</c>, as text.</summary>
    public static Task<IReadOnlyList<string?>> QueryAsync(this LocalHost host, string text) =>
        host.Get<ISqlSession>().QueryAsync(Of(text), row => row.TextOrNull("x"), CancellationToken.None);
}

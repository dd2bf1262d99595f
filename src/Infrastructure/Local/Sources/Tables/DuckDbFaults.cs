using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Says in our own words what DuckDB found wrong. Its messages quote rows and cells, so nothing of them is passed on but line numbers and
/// what contains no data.
/// </summary>
internal static partial class DuckDbFaults
{
    private static readonly (string Marker, string Reason)[] CsvReasons =
    [
        ("Expected Number of Columns", "the row has another number of cells than the header."),
        ("unterminated quote", "a quote is not closed, or text follows a closed one."),
        ("not utf-8", "it is not UTF-8."),
        ("Maximum line size", "the row is longer than 2,000,000 bytes."),
    ];

    // What DuckDB calls trouble with data. DuckDB.NET's ErrorType is no help: it is "Invalid" for all that fails while a statement is prepared.
    private static readonly HashSet<string> DataTrouble =
        ["Conversion Error", "Out of Range Error", "Mismatch Type Error", "Invalid Input Error", "Invalid Error", "Invalid type Error", "Serialization Error"];

    /// <summary>The refusal that a failed query over a table amounts to.</summary>
    /// <param name="e">What DuckDB threw.</param>
    /// <param name="file">The file that was read.</param>
    /// <param name="filtered">
    /// Whether a filter was evaluated. As every file is read whole before it is queried, the filter is what failed then.
    /// </param>
    /// <exception cref="UpstreamException">It is DuckDB itself, or the machine, that failed, or the file is not there any more.</exception>
    public static Error Explain(DuckDBException e, TableFile file, bool filtered)
    {
        // A file that is being written looks damaged.
        file.EnsureUnchanged();
        if (CsvLine().Match(e.Message) is { Success: true } line) return file.Damaged($"line {line.Groups[1].Value}: {CsvReason(e.Message)}");
        var headline = e.Message.Split(':', 2)[0];
        if (DataTrouble.Contains(headline))
        {
            return filtered
                ? SheetErrors.FilterInvalid("It fails for some rows: a value there does not convert as it asks. TRY_CAST gives null for such a value.")
                : file.Damaged("it is not sound; it may be cut off.");
        }

        throw new UpstreamException(SourceFailures.Code, $"The file {file.Name} of the table '{file.Source}' cannot be read: {headline}.", inner: e);
    }

    private static string CsvReason(string message) =>
        CsvReasons.FirstOrDefault(reason => message.Contains(reason.Marker, StringComparison.Ordinal)).Reason ?? "the row is no sound CSV.";

    [GeneratedRegex(@"CSV Error on Line: (\d+)")]
    private static partial Regex CsvLine();
}

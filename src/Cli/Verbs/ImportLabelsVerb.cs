using System.CommandLine;
using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Cli.Definitions;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>labels import</c>: all labels of a file or none, or those that are right.</summary>
internal static class ImportLabelsVerb
{
    private static readonly Dictionary<string, Func<Stream, IAsyncEnumerable<LabelRow>>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = json => LabelRows.FromJsonArray(json),
        [".jsonl"] = lines => LabelRows.FromJsonLines(lines),
        [".ndjson"] = lines => LabelRows.FromJsonLines(lines),
        [".csv"] = csv => CsvLabelRows.From(csv),
    };

    public static Command Create(VerbRunner runner)
    {
        var file = ArgumentReaders.File($"The labels; what it is, its name says: {Extensions}.");
        var skipInvalid = new Option<bool>("--skip-invalid") { Description = "Import the rows that are right and report the others; else one fault refuses the file." };
        var import = new Command("import", "Import experts' labels: all of a file or none, or those that are right.") { file, skipInvalid };
        runner.Bind(import, async (arguments, cancellationToken) =>
        {
            var path = arguments.GetRequiredValue(file);
            if (!Formats.TryGetValue(Path.GetExtension(path), out var read)) return runner.Refuse(UnknownFormat(path), arguments);
            if (!InputFile.Open(path).TryGet(out var opened, out var unreadable)) return runner.Refuse(unreadable, arguments);
            await using var stream = opened;
            await using var session = await runner.OpenAsync(cancellationToken);
            var command = new ImportLabelsCommand(read(stream), arguments.GetValue(skipInvalid));
            if (!(await session.SendAsync(command, cancellationToken)).TryGet(out var report, out var error)) return runner.Refuse(error, arguments);
            if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(Document(report));
            else Tell(report, runner.Output);
            return ExitCode.Done;
        });
        return new Command("labels", "Canonical labels.") { import };
    }

    private static string Document(ImportReport report) =>
        JsonSerializer.Serialize(new { report.Count.Created, report.Count.Updated, report.Skipped, report.Faults }, DomainJson.Options);

    private static void Tell(ImportReport report, CliOutput output)
    {
        foreach (var fault in report.Faults) output.Say($"  rows[{fault.Row}]: {fault.Message}");
        if (report.Skipped > report.Faults.Count) output.Say($"  and {Figures.Number(report.Skipped - report.Faults.Count)} rows more.");
        var (created, updated) = report.Count;
        var skipped = report.Skipped == 0 ? string.Empty : $" Left out {Figures.Number(report.Skipped)} rows that are wrong.";
        output.Results.WriteLine($"Imported {Figures.Number(created + updated)} labels: {Figures.Number(created)} new, {Figures.Number(updated)} as new versions.{skipped}");
    }

    private static string Extensions => string.Join(", ", Formats.Keys);

    private static Error UnknownFormat(string path) =>
        new(ErrorKind.Invalid, "file_format_unknown", $"What the file '{path}' holds cannot be told by its name. It ends in one of {Extensions}.");
}

using System.CommandLine;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Cli.Definitions;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>labels import</c>: all labels of a file, or none.</summary>
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
        var import = new Command("import", "Import experts' labels: all of a file, or none.") { file };
        runner.Bind(import, async (arguments, cancellationToken) =>
        {
            var path = arguments.GetRequiredValue(file);
            if (!Formats.TryGetValue(Path.GetExtension(path), out var read)) return runner.Refuse(UnknownFormat(path), arguments);
            if (!InputFile.Open(path).TryGet(out var opened, out var unreadable)) return runner.Refuse(unreadable, arguments);
            await using var stream = opened;
            await using var session = await runner.OpenAsync(cancellationToken);
            if (!(await session.SendAsync(new ImportLabelsCommand(read(stream)), cancellationToken)).TryGet(out var count, out var error)) return runner.Refuse(error, arguments);
            runner.Output.Results.WriteLine(arguments.GetValue(runner.Json)
                ? $$"""{"created":{{count.Created}},"updated":{{count.Updated}}}"""
                : $"Imported {Figures.Number(count.Created + count.Updated)} labels: {Figures.Number(count.Created)} new, {Figures.Number(count.Updated)} as new versions.");
            return ExitCode.Done;
        });
        return new Command("labels", "Canonical labels.") { import };
    }

    private static string Extensions => string.Join(", ", Formats.Keys);

    private static Error UnknownFormat(string path) =>
        new(ErrorKind.Invalid, "file_format_unknown", $"What the file '{path}' holds cannot be told by its name. It ends in one of {Extensions}.");
}

using System.CommandLine;
using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.QAPairs.Export;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>export</c>: the labelled pairs that may be put to a use, as chat JSON Lines.</summary>
internal sealed class ExportVerb(VerbRunner runner)
{
    private readonly Option<TrainingSheetId> _id = ArgumentReaders.Id("--training-sheet-id", "The training sheet.", id => new TrainingSheetId(id));
    private readonly Option<string?> _use = new("--use") { Description = $"Only pairs that may be put to this use: {UseNames.Choices}; training when not given.", HelpName = "USE" };
    private readonly Option<string?> _out = new("--out") { Description = "The file to write, which is replaced when it is complete; standard output when not given.", HelpName = "FILE" };

    public static Command Create(VerbRunner runner)
    {
        var verb = new ExportVerb(runner);
        var command = new Command("export", "Write the labeled pairs of a training sheet as chat JSONL.");
        foreach (Option option in (Option[])[verb._id, verb._use, verb._out]) command.Options.Add(option);
        runner.Bind(command, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var session = await runner.OpenAsync(cancellationToken);
        var query = new ExportPairsQuery(arguments.GetRequiredValue(_id), arguments.GetValue(_use));
        if (!(await session.SendAsync(query, cancellationToken)).TryGet(out var export, out var error)) return runner.Refuse(error, arguments);

        if (arguments.GetValue(_out) is not { } path) await ChatLines.WriteAsync(export.Pairs, runner.Output.Results, cancellationToken);
        else if (await OutputFile.ReplaceAsync(path, writer => ChatLines.WriteAsync(export.Pairs, writer, cancellationToken)) is { } unwritable) return runner.Refuse(unwritable, arguments);
        runner.Output.Say(arguments.GetValue(runner.Json) ? Document(export) : Sentence(export));
        return ExitCode.Done;
    }

    private static string Sentence(PairExport export)
    {
        var reasons = export.Count.Excluded.Where(reason => reason.Value > 0)
            .Select(reason => $"{Figures.Number(reason.Value)} {(reason.Key == "use" ? "not permitted for this use" : reason.Key)}").ToArray();
        var leftOut = reasons.Length == 0 ? "none left out" : $"left out {string.Join(", ", reasons)}";
        return $"Exported {Figures.Number(export.Count.Exported)} pairs for {SnakeCase<Uses>.Of(export.Use)}; {leftOut}.";
    }

    private static string Document(PairExport export) => JsonSerializer.Serialize(
        new { Use = SnakeCase<Uses>.Of(export.Use), ExportedPairs = export.Count.Exported, ExcludedPairs = export.Count.Excluded.ToDictionary() }, DomainJson.Options);
}

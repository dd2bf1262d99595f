using System.CommandLine;
using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.TrainingSheets.Compare;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>compare</c>: what changed between two generations of a sheet.</summary>
internal sealed class CompareVerb(VerbRunner runner)
{
    private readonly Option<TrainingSheetId> _id = ArgumentReaders.Id("--training-sheet-id", "The training sheet.", id => new TrainingSheetId(id));
    private readonly Option<TrainingSheetId> _other = ArgumentReaders.Id("--other-id", "The one to compare it with, made from the same sheet.", id => new TrainingSheetId(id));
    private readonly Option<int?> _limit = ArgumentReaders.Count("--limit", $"List only the first N items that differ; {PageRequest.DefaultLimit} when not given.", "N");
    private readonly Option<string?> _cursor = new("--cursor") { Description = "The next_cursor of an earlier part of the list.", HelpName = "CURSOR" };

    public static Command Create(VerbRunner runner)
    {
        var verb = new CompareVerb(runner);
        var command = new Command("compare", "Say which items changed answer, status or label between two generations of a sheet.");
        foreach (Option option in (Option[])[verb._id, verb._other, verb._limit, verb._cursor]) command.Options.Add(option);
        runner.Bind(command, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var session = await runner.OpenAsync(cancellationToken);
        var query = new CompareTrainingSheetsQuery(
            arguments.GetRequiredValue(_id), arguments.GetRequiredValue(_other), arguments.GetValue(_limit), arguments.GetValue(_cursor));
        if (!(await session.SendAsync(query, cancellationToken)).TryGet(out var comparison, out var error)) return runner.Refuse(error, arguments);
        if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(JsonSerializer.Serialize(ComparisonDocument.Of(comparison), DomainJson.Options));
        else Tell(comparison);
        return ExitCode.Done;
    }

    // The answers themselves are for a screen that has room for them.
    private void Tell(TrainingSheetComparison comparison)
    {
        var (count, differences) = (comparison.Pairs.Count, comparison.Pairs.Differences);
        new Figures()
            .Add("items", count.Items)
            .Add("same", count.Same)
            .Add("answer changed", count.AnswerChanged)
            .Add("status changed", count.StatusChanged)
            .Add("label changed", count.LabelChanged)
            .Add("only here", count.OnlyHere, Missing(comparison.MissingThere, "there"))
            .Add("only there", count.OnlyThere, Missing(comparison.MissingHere, "here"))
            .WriteTo(runner.Output.ResultConsole);
        foreach (var item in ComparisonDocument.Of(comparison).Items) runner.Output.Results.WriteLine($"{item.ItemRef}: {string.Join(", ", item.Changes.Select(ComparisonDocument.Word))}");
        if (differences.Next is { } next) runner.Output.Say($"There are more: --cursor {Cursor.Encode(next)}");
    }

    private static string Missing(long items, string where) => items == 0 ? string.Empty : $"{Figures.Number(items)} items have no pair {where}: its generation ended early";
}

using System.CommandLine;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>run</c>: completes a training sheet; what a job runs.</summary>
internal sealed class RunVerb(VerbRunner runner)
{
    private readonly Option<TrainingSheetId> _id = ArgumentReaders.Id("--training-sheet-id", "The training sheet.", id => new TrainingSheetId(id));

    public static Command Create(VerbRunner runner)
    {
        var verb = new RunVerb(runner);
        var command = new Command("run", "Complete a training sheet that is generating or failed, or try its flagged items again.");
        command.Options.Add(verb._id);
        runner.Bind(command, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var session = await runner.OpenAsync(cancellationToken);
        var id = arguments.GetRequiredValue(_id);
        return await new WatchedGeneration(runner, session, arguments).RunAsync(progress => new RunGenerationCommand(id, progress), cancellationToken);
    }
}

using System.CommandLine;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>generate</c>: the main job.</summary>
internal sealed class GenerateVerb(VerbRunner runner)
{
    private readonly GenerationArguments _generation = new();
    private readonly Option<string?> _name = new("--name") { Description = "What to call the training sheet.", HelpName = "NAME" };

    public static Command Create(VerbRunner runner)
    {
        var verb = new GenerateVerb(runner);
        var command = new Command("generate", "Make a training sheet: reuse experts' labels, have a model draft the rest.");
        verb._generation.AddTo(command);
        command.Options.Add(verb._name);
        runner.Bind(command, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var session = await runner.OpenAsync(cancellationToken);
        var work = new WatchedGeneration(runner, session, arguments);
        var began = session.Clock.GetUtcNow();
        return await work.RunAsync(
            progress => new GenerateTrainingSheetCommand(_generation.Sheet(arguments), _generation.Template(arguments), _generation.Config(arguments), arguments.GetValue(_name), Progress: progress),
            before: 0,
            () => FindAsync(session, arguments, began),
            cancellationToken);
    }

    // An interrupted generation does not say which training sheet it began; it is this user's latest of this sheet and template.
    private async Task<TrainingSheet?> FindAsync(WorkspaceSession session, ParseResult arguments, DateTimeOffset began)
    {
        var listed = await session.SendAsync(new ListTrainingSheetsQuery(), CancellationToken.None);
        return listed.TryGet(out var page, out _)
            ? page.Items.FirstOrDefault(sheet =>
                sheet.State.CreatedAt >= began
                && sheet.State.CreatedBy == session.User
                && sheet.Recipe.Sheet.Id == _generation.Sheet(arguments)
                && sheet.Recipe.Template.Id == _generation.Template(arguments))
            : null;
    }
}

using System.CommandLine;
using Mirion.Generation.Application.TrainingSheets.Generate;

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
        var (sheet, template, config) = (_generation.Sheet(arguments), _generation.Template(arguments), _generation.Config(arguments));
        return await new WatchedGeneration(runner, session, arguments).RunAsync(
            progress => new GenerateTrainingSheetCommand(sheet, template, config, arguments.GetValue(_name), Progress: progress, TemplateVersion: _generation.TemplateVersion(arguments)), cancellationToken);
    }
}

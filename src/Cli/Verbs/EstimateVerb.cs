using System.CommandLine;
using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Cli.Output;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>estimate</c>: the check and the numbers, without a model call.</summary>
internal sealed class EstimateVerb(VerbRunner runner)
{
    private readonly GenerationArguments _generation = new();

    public static Command Create(VerbRunner runner)
    {
        var verb = new EstimateVerb(runner);
        var command = new Command("estimate", "Check a generation and count what it would do, without asking a model.");
        verb._generation.AddTo(command);
        runner.Bind(command, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var session = await runner.OpenAsync(cancellationToken);
        var query = new EstimateGenerationQuery(_generation.Sheet(arguments), _generation.Template(arguments), _generation.Config(arguments), _generation.TemplateVersion(arguments));
        if (!(await session.SendAsync(query, cancellationToken)).TryGet(out var estimate, out var error)) return runner.Refuse(error, arguments);
        if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(JsonSerializer.Serialize(estimate, DomainJson.Options));
        else Tell(estimate);
        return ExitCode.Done;
    }

    private void Tell(GenerationEstimate estimate) => new Figures()
        .Add("items", estimate.TotalItems)
        .Add("canonical labels", estimate.CanonicalHits, "reused, without a call")
        .Add("model calls", estimate.ModelCalls, "one for each item that is left")
        .Add("nothing to ask", estimate.EmptyPromptItems, estimate.EmptyPromptItems > 0 ? "flagged: all their values are blank" : string.Empty)
        .WriteTo(runner.Output.ResultConsole);
}

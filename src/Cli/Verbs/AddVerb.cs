using System.CommandLine;
using MediatR;
using Mirion.Generation.Application.Sheets;
using Mirion.Generation.Application.Templates;
using Mirion.Generation.Cli.Definitions;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>sheet add</c> and <c>template add</c>: define what a file describes.</summary>
internal static class AddVerb
{
    public static Command Sheets(VerbRunner runner) => new("sheet", "Sheets.")
    {
        Create<SheetDraft, Sheet>(runner, "sheet", draft => new CreateSheetCommand(draft), sheet => sheet.Id.Value),
    };

    public static Command Templates(VerbRunner runner) => new("template", "Prompt templates.")
    {
        Create<TemplateDraft, PromptTemplate>(runner, "template", draft => new CreateTemplateCommand(draft), template => template.Id.Value),
    };

    private static Command Create<TDraft, TDefined>(VerbRunner runner, string noun, Func<TDraft, IRequest<Result<TDefined>>> define, Func<TDefined, string> id)
        where TDraft : class
        where TDefined : notnull
    {
        var file = ArgumentReaders.File($"A {noun}, an array of them, or one a line (JSONL).");
        var command = new Command("add", $"Define every {noun} of a file.") { file };
        runner.Bind(command, async (arguments, cancellationToken) =>
        {
            if (!(await DefinitionFile<TDraft>.ReadAsync(arguments.GetRequiredValue(file), cancellationToken)).TryGet(out var definitions, out var unreadable))
            {
                return runner.Refuse(unreadable, arguments);
            }

            await using var session = await runner.OpenAsync(cancellationToken);
            foreach (var definition in definitions)
            {
                var answer = await session.SendAsync(define(definition.Draft), cancellationToken);
                if (!answer.TryGet(out var defined, out var error)) return runner.Refuse(At(definition.Place, error), arguments);
                runner.Output.Results.WriteLine(arguments.GetValue(runner.Json) ? $$"""{"id":"{{id(defined)}}"}""" : $"Added {noun} {id(defined)}.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Error At(string place, Error error) => error with
    {
        Message = $"{place}: {error.Message}",
        Fields = error.Fields.ToDictionary(field => $"{place}: {field.Key}", field => field.Value),
    };
}

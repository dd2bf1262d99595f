using System.CommandLine;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary>What to generate and how; the same for doing it and for estimating it.</summary>
internal sealed class GenerationArguments
{
    private readonly Option<SheetId> _sheet = ArgumentReaders.Id("--sheet", "The sheet.", id => new SheetId(id));
    private readonly Option<TemplateId> _template = ArgumentReaders.Id("--template", "The prompt template.", id => new TemplateId(id));
    private readonly Option<int?> _templateVersion = ArgumentReaders.Count("--template-version", "The version of it, one that was published; its present one when not given.", "N");
    private readonly Option<int?> _limit = ArgumentReaders.Count("--limit", "Take only the first N items.", "N");
    private readonly Option<string?> _model = new("--model") { Description = "The model to ask, instead of the template's own.", HelpName = "NAME" };
    private readonly Option<int?> _fewShot = ArgumentReaders.Count("--few-shot", "Show the model the K most similar labelled items first.", "K");
    private readonly Option<LabelingMode> _labelingMode = ArgumentReaders.Word<LabelingMode>(
        "--labeling-mode", "Where answers come from that no label gives: ai_generated (the default), manual or existing_column.", "MODE");
    private readonly Option<string?> _responseColumn = new("--response-column") { Description = "The column of answers, for existing_column.", HelpName = "COLUMN" };
    private readonly Option<bool> _trustExisting = new("--trust-existing") { Description = "Count the answers of that column as labeled." };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sheet, _template, _templateVersion, _limit, _model, _fewShot, _labelingMode, _responseColumn, _trustExisting]) command.Options.Add(option);
    }

    /// <summary>The sheet.</summary>
    public SheetId Sheet(ParseResult arguments) => arguments.GetRequiredValue(_sheet);

    /// <summary>The prompt template.</summary>
    public TemplateId Template(ParseResult arguments) => arguments.GetRequiredValue(_template);

    /// <summary>The version of it, or null for its present one.</summary>
    public int? TemplateVersion(ParseResult arguments) => arguments.GetValue(_templateVersion);

    /// <summary>How to generate: here and now, whatever the size.</summary>
    public GenerationConfig Config(ParseResult arguments) => new()
    {
        LabelingMode = arguments.GetValue(_labelingMode),
        Model = arguments.GetValue(_model),
        Limit = arguments.GetValue(_limit),
        FewShot = arguments.GetValue(_fewShot) ?? 0,
        ResponseColumn = arguments.GetValue(_responseColumn),
        TrustExisting = arguments.GetValue(_trustExisting),
        Execution = ExecutionMode.Sync,
    };
}

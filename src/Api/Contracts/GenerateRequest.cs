using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>What to make a training sheet from.</summary>
public sealed record GenerateRequest
{
    /// <summary>The sheet.</summary>
    public string? SheetId { get; init; }

    /// <summary>The template.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The version of the template, one that was published or its present one; the present one when absent.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>What to call the training sheet; made from sheet and template when absent.</summary>
    public string? Name { get; init; }

    /// <summary>How to generate; the defaults when absent.</summary>
    public GenerationConfigBody? GenerationConfig { get; init; }

    internal Result<Recipe> Read()
    {
        var errors = new FieldErrors();
        errors.Require(Identifier.IsValid(SheetId), "sheet_id", $"Name the sheet. A sheet id has {Identifier.Shape}.");
        errors.Require(Identifier.IsValid(TemplateId), "template_id", $"Name the template. A template id has {Identifier.Shape}.");
        errors.Require(TemplateVersion is null or > 0, "template_version", "Give a version, which is at least 1, or leave it out for the present one.");
        if (!errors.IsEmpty) return errors.ToError();
        return (GenerationConfig ?? new()).ToConfig().Map(config => new Recipe(new SheetId(SheetId!), new TemplateId(TemplateId!), config));
    }

    internal sealed record Recipe(SheetId Sheet, TemplateId Template, GenerationConfig Config);
}

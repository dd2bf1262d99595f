using Mirion.Generation.Application.Templates;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Contracts;

/// <summary>Which items a template is to be rendered for.</summary>
public sealed record PreviewRequest
{
    /// <summary>The sheet.</summary>
    public string? SheetId { get; init; }

    /// <summary>How many items from the start of the item order; 5 when absent.</summary>
    public int? Limit { get; init; }

    /// <summary>Which column a variable is read from, where their names differ.</summary>
    public IReadOnlyDictionary<string, string?>? ColumnMapping { get; init; }
}

/// <summary>What would be asked about the first items of a sheet.</summary>
/// <param name="Items">Item by item, in item order.</param>
public sealed record PreviewResponse(IReadOnlyList<PreviewItemResponse> Items);

/// <summary>What would be asked about an item.</summary>
public sealed record PreviewItemResponse
{
    /// <summary>The item.</summary>
    public required string ItemRef { get; init; }

    /// <summary>The rendered turns; empty when they could not be rendered.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Why they could not; null when they could.</summary>
    public required GenerationError? Error { get; init; }

    internal static PreviewItemResponse Of(PromptPreview preview) =>
        new() { ItemRef = preview.ItemRef.Value, Messages = preview.Messages, Error = preview.Error };
}

/// <summary>Which column a variable is read from, as a request says it.</summary>
internal static class ColumnMapping
{
    /// <summary>The mapping, unless it maps a variable to nothing; a dictionary's values may be null in JSON whatever C# says.</summary>
    public static Result<IReadOnlyDictionary<string, string>> Read(IReadOnlyDictionary<string, string?>? mapping, string field)
    {
        var errors = new FieldErrors();
        foreach (var (variable, column) in mapping ?? new Dictionary<string, string?>())
            errors.Require(!string.IsNullOrWhiteSpace(column), $"{field}.{variable}", "Name the column.");
        return errors.IsEmpty
            ? Result<IReadOnlyDictionary<string, string>>.Of((mapping ?? new Dictionary<string, string?>()).ToDictionary(pair => pair.Key, pair => pair.Value!))
            : errors.ToError();
    }
}

using Microsoft.OpenApi;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Api.OpenApi;

/// <summary>What the parameters of operations mean: the same everywhere, so it is said once.</summary>
internal static class ParameterDescriptions
{
    private static readonly Dictionary<string, string> ByName = new()
    {
        ["id"] = "The id.",
        ["limit"] = $"How many entries; {PageRequest.DefaultLimit} when absent.",
        ["cursor"] = "The next_cursor of an earlier part of the list.",
        ["version"] = "The version.",
        ["skip_invalid"] = "Whether to import the rows that are right and to report the others; when absent, one fault refuses them all.",
        ["ref"] = "The item's name.",
        ["column"] = "The image column, for a table; its first when absent.",
        ["sheet_id"] = "Of this sheet.",
        ["item_ref"] = "Of this item.",
        ["label_type"] = "Of this label type.",
        ["labeling_mode"] = $"Of this origin: {SnakeCase<LabelingMode>.Choices}.",
        ["use"] = $"Only pairs that may be put to this use: {UseNames.Choices}; training when absent.",
        ["Idempotency-Key"] = "A key of your choice: a request repeated under it answers with the first one's training sheet.",
        ["If-Match"] = "The ETag that the pair was read with: refused with 412 when somebody has decided on it since. Without it the decision is taken on the pair as it is.",
        ["Last-Event-ID"] = "The id of the last event that was seen, which is not told again.",
    };

    /// <summary>Describes the parameters of an operation.</summary>
    public static Task Describe(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description = parameter.Name == "status"
                ? $"Of this status: {(operation.OperationId == "listTemplates" ? SnakeCase<TemplateStatus>.Choices : SnakeCase<QAPairStatus>.Choices)}."
                : ByName[parameter.Name!];
            if (parameter is { Name: "limit", Schema: OpenApiSchema limit }) (limit.Minimum, limit.Maximum) = ("1", $"{PageRequest.HighestLimit}");
        }

        return Task.CompletedTask;
    }
}

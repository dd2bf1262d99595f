using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Labels;

/// <summary>
/// Holds labels to the schemas of their type: a label must match the <c>output_schema</c> of one of the published templates with its label type, where any of them has one.
/// Each type's schemas are read once.
/// </summary>
internal sealed class LabelSchemas(IPromptTemplateRepository templates)
{
    // Templates can be long, and few are held at a time.
    private const int PageSize = 50;

    private const int MostNamed = 5;

    private readonly Dictionary<LabelType, IReadOnlyList<(TemplateId Template, OutputSchema Schema)>> _schemas = [];

    /// <summary>Why a label matches none of them; null when it matches, or nothing is asked of it.</summary>
    public async ValueTask<string?> FaultOfAsync(CanonicalLabel label, CancellationToken cancellationToken)
    {
        if (!_schemas.TryGetValue(label.Key.LabelType, out var schemas)) _schemas[label.Key.LabelType] = schemas = await ReadAsync(label.Key.LabelType, cancellationToken);
        SchemaFault? first = null;
        foreach (var (_, schema) in schemas)
        {
            if (schema.FaultOf(label.Data.Answer) is not { } fault) return null;
            first ??= fault;
        }

        return first is null ? null : Told(first, schemas);
    }

    private static string Told(SchemaFault fault, IReadOnlyList<(TemplateId Template, OutputSchema Schema)> schemas)
    {
        var first = $"The label does not match the output_schema of the published template '{schemas[0].Template}': {fault}.";
        if (schemas.Count == 1) return first;
        var others = string.Join(", ", schemas.Skip(1).Take(MostNamed).Select(other => $"'{other.Template}'"));
        return $"{first} Nor does it match that of {others}{(schemas.Count > MostNamed + 1 ? ", …" : "")}.";
    }

    private async Task<IReadOnlyList<(TemplateId Template, OutputSchema Schema)>> ReadAsync(LabelType type, CancellationToken cancellationToken)
    {
        var schemas = new List<(TemplateId, OutputSchema)>();
        // Several templates, or versions of one kept side by side, may well have one schema.
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var page = new PageRequest(PageSize); ;)
        {
            var listed = await templates.ListAsync(type, TemplateStatus.Published, page, cancellationToken);
            foreach (var template in listed.Items)
            {
                // One that was stored before schemas were looked at, and is none, can be matched by nothing.
                if (template.OutputSchema is { } json && known.Add(json) && OutputSchema.Compile(json).TryGet(out var schema, out _)) schemas.Add((template.Id, schema));
            }

            if (listed.Next is null) return schemas;
            page = page with { After = listed.Next };
        }
    }
}

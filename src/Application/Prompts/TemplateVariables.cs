using System.Text;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts;

/// <summary>Holds a template against the columns of a sheet before anything is rendered or paid for.</summary>
public static class TemplateVariables
{
    private const string MappingField = "generation_config.column_mapping";

    // Past these a message helps nobody; the rest is counted.
    private const int MostNames = 100;
    private const int MostPlaces = 5;

    /// <summary>
    /// Null when every variable of <paramref name="template"/> has its column; else the refusal. A variable in
    /// <paramref name="columnMapping"/> (variable to column) is looked for under the column it is mapped to.
    /// </summary>
    public static Error? Check(CompiledTemplate template, IReadOnlyCollection<string> columns, IReadOnlyDictionary<string, string> columnMapping)
    {
        var variables = template.Variables.GroupBy(variable => variable.Name).ToList();
        var known = columns.ToHashSet(StringComparer.Ordinal);
        var unused = columnMapping.Keys.Except(variables.Select(variable => variable.Key)).Order(StringComparer.Ordinal).ToList();
        if (unused.Count > 0) return Error.InvalidField(MappingField, Unused(unused, variables.ConvertAll(variable => variable.Key)));
        var unknown = variables.Where(variable => !known.Contains(columnMapping.GetValueOrDefault(variable.Key, variable.Key))).ToList();
        return unknown.Count == 0 ? null : PromptErrors.VariablesUnknown(Unknown(unknown, columns, columnMapping));
    }

    private static string Unused(List<string> unused, List<string> variables) =>
        $"the template has no variable {List(unused)}; {(variables.Count == 0 ? "it has none at all." : $"it has {List(variables)}.")}";

    private static string Unknown(
        List<IGrouping<string, TemplateVariable>> unknown,
        IReadOnlyCollection<string> columns,
        IReadOnlyDictionary<string, string> columnMapping)
    {
        var message = new StringBuilder();
        foreach (var variable in unknown.Take(MostNames))
        {
            var column = columnMapping.GetValueOrDefault(variable.Key);
            var nearest = NearestName.Of(column ?? variable.Key, columns);
            message.Append("The template's variable ").Append(PromptErrors.Quote(variable.Key)).Append(" (").Append(Places(variable)).Append(')')
                .Append(column is null ? " is no column of the source" : $" is mapped to {PromptErrors.Quote(column)}, which is no column of the source")
                .Append(nearest is null ? ". " : $"; did you mean {PromptErrors.Quote(nearest)}? ");
        }

        if (unknown.Count > MostNames) message.Append(PromptErrors.Count(unknown.Count - MostNames)).Append(" more variables are unknown. ");
        return message.Append(columns.Count == 0 ? "The source has no columns." : $"The columns are {List(columns)}.").ToString();
    }

    private static string Places(IEnumerable<TemplateVariable> references)
    {
        var places = references.Select(variable => $"line {variable.Line}, column {variable.Column}").ToList();
        return string.Join("; ", places.Take(MostPlaces)) + (places.Count > MostPlaces ? $"; and {places.Count - MostPlaces} more" : "");
    }

    private static string List(IReadOnlyCollection<string> names)
    {
        var listed = string.Join(", ", names.Take(MostNames).Select(PromptErrors.Quote));
        return names.Count > MostNames ? $"{listed} and {names.Count - MostNames} more" : listed;
    }
}

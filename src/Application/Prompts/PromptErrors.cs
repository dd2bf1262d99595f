using System.Globalization;
using System.Text;
using Mirion.Generation.Application.Prompts.Syntax;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts;

/// <summary>The refusals of this module. Messages name what the template says and where, never what an item holds.</summary>
internal static class PromptErrors
{
    private const int LongestName = 100;

    public static Error Syntax(Place place, string what) => Refusal("template_syntax", place, what);

    public static Error VariablesUnknown(string what) => new(ErrorKind.Unprocessable, "template_variable_unknown", what);

    public static Error VariableMissing(Place place, string variable, string column) => Refusal(
        "template_variable_missing",
        place,
        variable == column
            ? $"this item has no {Quote(column)}."
            : $"this item has no {Quote(column)}, the column that {Quote(variable)} is mapped to.");

    public static Error MemberMissing(Place place, string path, string member) => Refusal(
        "template_variable_missing",
        place,
        $"in this item {Quote(path)} {(member.Length == 0 ? "finds nothing" : $"leads nowhere: there is no {Quote(member)}")}. Where it may be missing, print it inside {{{{#if …}}}}.");

    public static Error NotIterable(Place place, string path, string kind) => Refusal(
        "template_value_unsuitable",
        place,
        $"#each goes over a list or an object, and in this item {Quote(path)} is {kind}.");

    public static Error TooDeep() => new(
        ErrorKind.Unprocessable,
        "template_value_unsuitable",
        $"A value of this item is nested more than {CompactJson.MaxDepth} levels deep and cannot be written as JSON.");

    public static Error PromptTooLarge() => new(
        ErrorKind.Unprocessable,
        "prompt_too_large",
        $"The rendered prompt would exceed {Count(PromptLimits.RenderedLength)} characters.");

    public static Error TooManySteps(Place place) => Refusal(
        "prompt_too_large",
        place,
        $"the loops of this template take more than {Count(PromptLimits.Steps)} steps for this item.");

    /// <summary>A name or a piece of template text as a message may carry it: one line, and not too long.</summary>
    public static string Quote(string name)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in name.EnumerateRunes())
        {
            if (quoted.Length > LongestName) return quoted.Append("…\"").ToString();
            quoted.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator ? Rune.ReplacementChar : rune);
        }

        return quoted.Append('"').ToString();
    }

    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Error Refusal(string code, Place place, string what) =>
        new(ErrorKind.Unprocessable, code, $"Line {place.Line}, column {place.Column}: {what}");
}

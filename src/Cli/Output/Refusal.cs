using System.Text.Json;
using System.Text.RegularExpressions;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Output;

/// <summary>Why nothing came of it, on standard error.</summary>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Detail">What was wrong and what would be right.</param>
/// <param name="Errors">Messages by field, where there are fields.</param>
internal sealed partial record Refusal(string Code, string Detail, IReadOnlyDictionary<string, string[]> Errors)
{
    public Refusal(string code, string detail)
        : this(code, detail, new Dictionary<string, string[]>())
    {
    }

    /// <summary>The refusal that <paramref name="error"/> is.</summary>
    public static Refusal Of(Error error) => new(error.Code, error.Message, error.Fields);

    /// <summary>Writes it for a person, or as one line of JSON for a program.</summary>
    public void WriteTo(CliOutput output, bool json)
    {
        if (json)
        {
            output.Messages.WriteLine(JsonSerializer.Serialize(this, DomainJson.Options));
            return;
        }

        // The message of several faults is all of them in one line; a person gets one line each.
        var faults = Errors.OrderBy(field => InCountingOrder(field.Key), StringComparer.Ordinal).SelectMany(field => field.Value.Select(message => $"  {field.Key}: {message}")).ToArray();
        output.Say(faults.Length < 2 ? $"error {Code}: {Detail}" : $"error {Code}: {faults.Length} faults");
        if (faults.Length < 2) return;
        foreach (var fault in faults) output.Say(fault);
    }

    // A person counts rows[9] before rows[10].
    private static string InCountingOrder(string field) => Digits().Replace(field, number => number.Value.PadLeft(20, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

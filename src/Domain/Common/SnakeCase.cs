using System.Collections.Frozen;
using System.Text.Json;

namespace Mirion.Generation.Domain.Common;

/// <summary>The snake_case names under which the members of <typeparamref name="TEnum"/> are stored and sent.</summary>
/// <typeparam name="TEnum">An enumeration whose members are words of the domain.</typeparam>
public static class SnakeCase<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>().Distinct()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every name, for messages that say what would be right.</summary>
    public static string Choices { get; } = string.Join(", ", Names.OrderBy(pair => pair.Key).Select(pair => pair.Value));

    /// <summary>The name of <paramref name="value"/>.</summary>
    public static string Of(TEnum value) => Names[value];

    /// <summary>The member called <paramref name="name"/>, exactly as spelled.</summary>
    public static bool TryParse(string? name, out TEnum value)
    {
        value = default;
        return name is not null && Values.TryGetValue(name, out value);
    }

    /// <summary>The member called <paramref name="name"/>; for names this product wrote itself.</summary>
    /// <exception cref="FormatException">There is no such member.</exception>
    public static TEnum Parse(string name) =>
        TryParse(name, out var value) ? value : throw new FormatException($"'{name}' is none of {Choices}.");
}

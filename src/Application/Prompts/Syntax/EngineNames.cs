using System.Globalization;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>Our own helpers as the engine knows them. No template can name them: an author's names never reach the engine.</summary>
internal static class EngineNames
{
    /// <summary>Block: <c>loop site value</c>.</summary>
    public const string Loop = "loop";

    /// <summary><c>at site value [key]</c>.</summary>
    public const string Lookup = "at";

    /// <summary><c>not value</c>, for <c>{{else unless}}</c>, which the engine reads as <c>{{else if}}</c>.</summary>
    public const string Not = "not";

    /// <summary><c>number value</c>: true for every number, zero too; else the value. For <c>includeZero=true</c>.</summary>
    public const string Number = "number";

    /// <summary>The name the engine is given in place of an author's.</summary>
    public static string SiteName(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");

    /// <summary>The site's number, when a statement is a plain member of the present scope (<c>this.v7</c>) and nothing else.</summary>
    public static int? SiteOf(string statement) =>
        statement.StartsWith("this.v", StringComparison.Ordinal) && int.TryParse(statement.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

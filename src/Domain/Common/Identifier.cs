using System.Text.RegularExpressions;

namespace Mirion.Generation.Domain.Common;

/// <summary>The shape every id of this product has: it can stand in a path, a file name and a log line as it is.</summary>
public static partial class Identifier
{
    /// <summary>What an id looks like, for messages.</summary>
    public const string Shape = "1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit";

    /// <summary>Whether <paramref name="text"/> has the shape of an id.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    /// <summary><paramref name="text"/> itself, or an <see cref="ArgumentException"/> that names the id's type.</summary>
    internal static string Require(string text, string type) =>
        IsValid(text) ? text : throw new ArgumentException($"A {type} has {Shape}.", nameof(text));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex Pattern();
}

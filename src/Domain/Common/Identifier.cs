using System.Buffers;

namespace Mirion.Generation.Domain.Common;

/// <summary>The shape every id of this product has: it can stand in a path, a file name and a log line as it is.</summary>
public static class Identifier
{
    private const int Longest = 128;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>What an id looks like, for messages.</summary>
    public const string Shape = "1 to 128 letters, digits, '.', '_' or '-', starting with a letter or digit";

    /// <summary>Whether <paramref name="text"/> has the shape of an id.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= Longest } && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary><paramref name="text"/> itself, or an <see cref="ArgumentException"/> that names the id's type.</summary>
    internal static string Require(string text, string type) =>
        IsValid(text) ? text : throw new ArgumentException($"A {type} has {Shape}.", nameof(text));
}

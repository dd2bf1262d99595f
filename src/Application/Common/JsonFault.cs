using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mirion.Generation.Application.Common;

/// <summary>Why a JSON text could not be read, in words for whoever wrote it.</summary>
/// <param name="Field">The path of the property, such as <c>generation_config.limit</c>; null when it is not about one.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
/// <param name="IsSyntax">Whether the text is no JSON at all.</param>
public sealed record JsonFault(string? Field, string Message, bool IsSyntax = false)
{
    /// <summary>Explains what the serializer threw while it read a <paramref name="root"/>; the serializer's own words speak of .NET types.</summary>
    public static JsonFault Of(JsonException exception, Type root, JsonSerializerOptions options)
    {
        // What the reader throws is a subclass; the serializer wraps it, and only it, in another JsonException.
        if (exception.InnerException is JsonException || exception.GetType() != typeof(JsonException)) return Syntax(exception);

        var path = exception.Path is null or "$" ? null : exception.Path.StartsWith("$.", StringComparison.Ordinal) ? exception.Path[2..] : exception.Path[1..];
        if (exception.Message.StartsWith("Duplicate property", StringComparison.Ordinal)) return new(path, "It stands more than once.");
        var (found, parent) = Walk(path, options.GetTypeInfo(root), options);
        if (found is null) return new(path, $"There is no such property. There are {Names(parent)}.");
        return new(path, IsOurOwn(exception) ? exception.Message : $"Give {Describe(found, options)}.");
    }

    private static JsonFault Syntax(JsonException exception)
    {
        var reason = (exception.InnerException ?? exception).Message.Split(" LineNumber: ")[0].Split(" Path: ")[0];
        return new(null, $"It is no JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}): {reason}", IsSyntax: true);
    }

    // What a converter of this product says is for people already; the serializer adds the path to whatever it says itself.
    private static bool IsOurOwn(JsonException exception) =>
        !exception.Message.Contains(" Path: $", StringComparison.Ordinal) && !exception.Message.StartsWith("JSON deserialization", StringComparison.Ordinal);

    private static (JsonTypeInfo? Found, JsonTypeInfo Parent) Walk(string? path, JsonTypeInfo root, JsonSerializerOptions options)
    {
        var (current, parent) = (root, root);
        foreach (var segment in path?.Split('.', '[') ?? [])
        {
            parent = current;
            var next = current.ElementType ?? current.Properties.FirstOrDefault(property => property.Name == segment)?.PropertyType;
            if (next is null) return (null, parent);
            current = options.GetTypeInfo(Nullable.GetUnderlyingType(next) ?? next);
        }

        return (current, parent);
    }

    private static string Describe(JsonTypeInfo type, JsonSerializerOptions options) => type.Kind switch
    {
        JsonTypeInfoKind.Object => $"an object with {Names(type)}",
        JsonTypeInfoKind.Enumerable => $"a list; of each entry: {Describe(options.GetTypeInfo(type.ElementType!), options)}",
        JsonTypeInfoKind.Dictionary => "an object whose values are strings",
        _ when type.Type == typeof(string) => "a string",
        _ when type.Type == typeof(bool) => "true or false",
        _ when type.Type == typeof(int) || type.Type == typeof(long) => "a whole number",
        _ when type.Type == typeof(double) => "a number",
        _ when type.Type == typeof(DateTimeOffset) => "a time such as 2026-03-01T08:30:00Z",
        _ => "a value of another type",
    };

    private static string Names(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(property => property.Name));
}

namespace Mirion.Generation.Domain.Common;

/// <summary>Gathers every fault of a request by field, so that a person corrects them in one go.</summary>
public sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _messages.Count == 0;

    /// <summary>Adds a fault of <paramref name="field"/>.</summary>
    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var list)) _messages[field] = list = [];
        list.Add(message);
    }

    /// <summary>Adds a fault of <paramref name="field"/> unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string field, string message)
    {
        if (!holds) Add(field, message);
    }

    /// <summary>The member of an enumeration that <paramref name="text"/> names, or null where there is no text; notes a name there is not.</summary>
    public TEnum? Choice<TEnum>(string? text, string field)
        where TEnum : struct, Enum
    {
        if (text is null) return null;
        if (SnakeCase<TEnum>.TryParse(text, out var value)) return value;
        Add(field, $"Give one of {SnakeCase<TEnum>.Choices}.");
        return null;
    }

    /// <summary>The faults as one <c>validation_failed</c> error.</summary>
    public Error ToError() => new(ErrorKind.Invalid, "validation_failed", Summary())
    {
        Fields = _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
    };

    private string Summary() => string.Join(" ", _messages.SelectMany(pair => pair.Value.Select(message => $"{pair.Key}: {message}")));
}

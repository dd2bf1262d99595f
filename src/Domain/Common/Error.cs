namespace Mirion.Generation.Domain.Common;

/// <summary>An expected refusal: a stable code for programs, a message for people that says what would be right.</summary>
/// <param name="Kind">The sort of refusal.</param>
/// <param name="Code">Stable snake_case code, part of the public contract.</param>
/// <param name="Message">What was wrong, where, and what would be right. Never contains data of an item or a secret.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>Messages by field (snake_case, as in the request), where the refusal has fields.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; init; } = new Dictionary<string, string[]>();

    /// <summary>An <see cref="ErrorKind.Invalid"/> error about one field.</summary>
    public static Error InvalidField(string field, string message) =>
        new(ErrorKind.Invalid, "validation_failed", $"{field}: {message}")
        {
            Fields = new Dictionary<string, string[]> { [field] = [message] },
        };
}

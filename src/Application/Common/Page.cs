using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Common;

/// <summary>A part of a list, and where the next part starts.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The entries, in the list's order.</param>
/// <param name="Next">The sort key of the last entry when there are more, else null.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, IReadOnlyList<string>? Next)
{
    /// <summary>The page that <paramref name="fetched"/> is, when one entry more than the limit was asked for.</summary>
    public static Page<T> Of(IReadOnlyList<T> fetched, int limit, Func<T, IReadOnlyList<string>> key) => fetched.Count > limit
        ? new([.. fetched.Take(limit)], key(fetched[limit - 1]))
        : new(fetched, null);
}

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">The most entries to answer with.</param>
/// <param name="After">The sort key of the entry to start after, or null for the start.</param>
public sealed record PageRequest(int Limit, IReadOnlyList<string>? After = null)
{
    /// <summary>How many entries a page has when nobody says.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most entries a page can have.</summary>
    public const int HighestLimit = 1000;

    /// <summary>Reads a request's <c>limit</c> and <c>cursor</c>.</summary>
    /// <param name="limit">How many entries; <see cref="DefaultLimit"/> when null.</param>
    /// <param name="cursor">What an earlier page named as the next cursor.</param>
    /// <param name="keyLength">How many parts the list's sort key has.</param>
    public static Result<PageRequest> From(int? limit, string? cursor, int keyLength)
    {
        var errors = new FieldErrors();
        errors.Require(limit is null or (>= 1 and <= HighestLimit), "limit", $"Give 1 to {HighestLimit}.");
        var after = cursor is null ? null : Cursor.Decode(cursor);
        errors.Require(cursor is null || after?.Count == keyLength, "cursor", "Give the next_cursor of an earlier page of this list.");
        return errors.IsEmpty ? new PageRequest(limit ?? DefaultLimit, after) : errors.ToError();
    }
}

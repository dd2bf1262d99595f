namespace Mirion.Generation.Domain.Sheets;

/// <summary>
/// Names an item within its sheet: the text of its id column, or a file's path relative to the sheet's directory. Ordered
/// by code point, the order every workspace reads items in.
/// </summary>
public sealed record ItemRef : IComparable<ItemRef>
{
    /// <summary>The name as text.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public ItemRef(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    /// <summary>The name as text.</summary>
    public string Value { get; }

    /// <summary>Compares by Unicode code point (as UTF-8 bytes do), which differs from .NET's own ordinal order above U+FFFF.</summary>
    public int CompareTo(ItemRef? other)
    {
        if (other is null) return 1;
        var (left, right) = (Value, other.Value);
        var alike = left.AsSpan().CommonPrefixLength(right);
        if (alike == left.Length || alike == right.Length) return left.Length.CompareTo(right.Length);
        var (a, b) = (left[alike], right[alike]);
        // A surrogate stands for a code point above every other UTF-16 unit, though its own value is below U+E000.
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ItemRef left, ItemRef right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ItemRef left, ItemRef right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(ItemRef left, ItemRef right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(ItemRef left, ItemRef right) => left.CompareTo(right) >= 0;
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>The columns that the items of one reading have, known once for all of them.</summary>
internal sealed class ItemColumns
{
    private readonly Dictionary<string, int> _places;

    /// <summary>Columns of these names, which are all different, in this order.</summary>
    public ItemColumns(IReadOnlyList<string> names)
    {
        Names = names;
        _places = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++) _places.Add(names[i], i);
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The place of a column, or false when there is none of this name.</summary>
    public bool TryFind(string name, out int place) => _places.TryGetValue(name, out place);
}

/// <summary>
/// The values of one item by column: an array beside <see cref="ItemColumns"/> that all items of a reading share, where a dictionary an item would hash every name anew and be
/// most of what an item takes in memory.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="values">The values, in the order of the columns.</param>
internal sealed class ItemValueDictionary(ItemColumns columns, object?[] values) : IReadOnlyDictionary<string, object?>
{
    /// <inheritdoc />
    public int Count => values.Length;

    /// <inheritdoc />
    public IEnumerable<string> Keys => columns.Names;

    /// <inheritdoc />
    public IEnumerable<object?> Values => values;

    /// <inheritdoc />
    public object? this[string key] =>
        columns.TryFind(key, out var place) ? values[place] : throw new KeyNotFoundException($"The item was not read with a column '{key}'.");

    /// <inheritdoc />
    public bool ContainsKey(string key) => columns.TryFind(key, out _);

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = columns.TryFind(key, out var place);
        value = found ? values[place] : null;
        return found;
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++) yield return new(columns.Names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

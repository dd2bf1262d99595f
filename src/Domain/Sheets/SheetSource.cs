namespace Mirion.Generation.Domain.Sheets;

/// <summary>Where a sheet's items are: <see cref="TableSource"/> or <see cref="VolumeSource"/>. Nothing is copied.</summary>
public abstract record SheetSource
{
    private protected SheetSource()
    {
    }
}

/// <summary>The rows of a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="ItemIdColumn">The column whose value, as text, names the item.</param>
public sealed record TableSource(TableName Table, string ItemIdColumn) : SheetSource
{
    /// <inheritdoc />
    public override string ToString() => Table.ToString();
}

/// <summary>The files below a directory of a volume.</summary>
/// <param name="Directory">The directory; an item's name is its file's path relative to it.</param>
public sealed record VolumeSource(VolumePath Directory) : SheetSource
{
    /// <inheritdoc />
    public override string ToString() => Directory.ToString();
}

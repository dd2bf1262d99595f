namespace Mirion.Generation.Infrastructure.Sources.Filters;

/// <summary>A column that a filter may refer to.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its name, exactly as the source has it.</param>
internal abstract record FilterColumn(int Index, string Name)
{
    /// <summary>What the column is called in a checked filter; a name of our own, so that no column's name can clash.</summary>
    public string Alias => $"t{Index}";
}

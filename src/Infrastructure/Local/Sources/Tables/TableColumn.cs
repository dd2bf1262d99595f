using Mirion.Generation.Infrastructure.Sources.Filters;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A column of a table, and how a query gets at it.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its name, exactly as the file has it.</param>
/// <param name="Type">The type that a filter sees it as.</param>
/// <param name="Text">An expression for its value as the text that names an item.</param>
/// <param name="Typed">An expression for its value as <paramref name="Type"/>.</param>
internal abstract record TableColumn(int Index, string Name, string Type, string Text, string Typed) : FilterColumn(Index, Name)
{
    /// <summary>Why its values have no text that could name an item; null when they have.</summary>
    public string? NoText { get; init; }
}

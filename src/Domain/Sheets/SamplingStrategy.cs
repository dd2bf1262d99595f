namespace Mirion.Generation.Domain.Sheets;

/// <summary>Which items of the source a sheet takes.</summary>
public enum SamplingStrategy
{
    /// <summary>Every item.</summary>
    All,

    /// <summary>A number of items chosen by a hash of sheet id and item_ref: the same ones every time.</summary>
    Random,

    /// <summary>A number of items from the start of the item order.</summary>
    First,
}

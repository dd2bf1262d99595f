namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>What a table has beside its columns.</summary>
/// <param name="Properties">Its TBLPROPERTIES.</param>
/// <param name="ClusteredBy">The columns it is clustered by.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record TableDetails(IReadOnlyDictionary<string, string> Properties, IReadOnlyList<string> ClusteredBy, DateTimeOffset CreatedAt);

using System.Text.Json.Serialization;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Catalog;

/// <summary>Tables and views of Unity Catalog (docs.databricks.com/api/workspace/tables).</summary>
internal interface ITablesApi
{
    /// <summary>What a table looks like. One that is not there is a <see cref="DatabricksException"/> that <see cref="DatabricksException.IsNotFound"/>.</summary>
    /// <param name="name">The table's name, <c>catalog.schema.table</c>.</param>
    /// <param name="onBehalfOfUser">Whether the user's own rights count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Get("/api/2.1/unity-catalog/tables/{name}")]
    Task<CatalogTable> GetAsync(string name, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);
}

/// <summary>A table or view.</summary>
/// <param name="FullName">Its name, in three parts.</param>
/// <param name="TableType">What it is, such as <c>MANAGED</c> or <c>VIEW</c>.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record CatalogTable(string? FullName, string? TableType, IReadOnlyList<CatalogColumn>? Columns);

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeText">Its type as SQL writes it, such as <c>decimal(10,2)</c> or <c>array&lt;string&gt;</c>.</param>
/// <param name="Position">Its place, from 0.</param>
internal sealed record CatalogColumn(string? Name, string? TypeText, int? Position);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CatalogTable))]
internal sealed partial class CatalogJson : JsonSerializerContext;

namespace Mirion.Generation.Infrastructure.Databricks;

/// <summary>A Databricks workspace. A class without a text form, because it holds credentials.</summary>
public sealed class DatabricksOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Workspace:Databricks";

    /// <summary>The workspace's address; <c>DATABRICKS_HOST</c> when not set.</summary>
    public string? Host { get; set; }

    /// <summary>A personal access token; <c>DATABRICKS_TOKEN</c> when not set.</summary>
    public string? Token { get; set; }

    /// <summary>The service principal's client id (OAuth machine-to-machine); <c>DATABRICKS_CLIENT_ID</c> when not set.</summary>
    public string? ClientId { get; set; }

    /// <summary>The service principal's secret; <c>DATABRICKS_CLIENT_SECRET</c> when not set.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The SQL warehouse that statements run on; <c>DATABRICKS_WAREHOUSE_ID</c> when not set.</summary>
    public string? WarehouseId { get; set; }

    /// <summary>The catalog that holds the product's own tables.</summary>
    public string? Catalog { get; set; }

    /// <summary>The schema that holds the product's own tables.</summary>
    public string? Schema { get; set; }

    /// <summary>A volume that pairs and labels pass through on their way into tables: <c>/Volumes/catalog/schema/volume</c>.</summary>
    public string? StagingVolume { get; set; }

    /// <summary>The job that generates large sheets; needed when the first one is asked for.</summary>
    public long? JobId { get; set; }

    /// <summary>How long a statement may take, the start of the warehouse included.</summary>
    public int StatementTimeoutSeconds { get; set; } = 900;

    /// <summary>The workspace's address as requests need it.</summary>
    /// <exception cref="InvalidOperationException">It is not valid; options are checked at start.</exception>
    internal Uri Address => TryReadHost(Host, out var address) ? address : throw new InvalidOperationException("Workspace:Databricks:Host is not valid.");

    /// <summary>Reads an address as people write it: with or without <c>https://</c>, with a slash or a path at the end.</summary>
    internal static bool TryReadHost(string? host, out Uri address)
    {
        address = null!;
        if (string.IsNullOrWhiteSpace(host)) return false;
        var text = host.Contains("://", StringComparison.Ordinal) ? host.Trim() : $"https://{host.Trim()}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0) return false;
        // A token sent in clear is a token lost; a workspace on this machine is one for tests.
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) return false;
        address = new Uri(uri.GetLeftPart(UriPartial.Authority));
        return true;
    }
}

using System.Text.Json.Nodes;

namespace Mirion.Generation.FakeDatabricks.Sql;

/// <summary>The SQL warehouse: it starts when it is told to, or when the first statement comes.</summary>
internal sealed class Warehouse(string id, bool running, TimeSpan start, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Task? _started = running ? Task.CompletedTask : null;

    public string Id { get; } = id;

    public string State
    {
        get { lock (_lock) return _started is null ? "STOPPED" : _started.IsCompleted ? "RUNNING" : "STARTING"; }
    }

    /// <summary>Starts it unless it runs; over when it does.</summary>
    public Task StartAsync()
    {
        lock (_lock) return _started ??= start == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(start, clock);
    }

    public void Stop()
    {
        lock (_lock) _started = null;
    }

    public JsonObject Describe()
    {
        var state = State;
        return new JsonObject
        {
            ["id"] = Id,
            ["name"] = "Serverless Starter Warehouse",
            ["cluster_size"] = "2X-Small",
            ["min_num_clusters"] = 1,
            ["max_num_clusters"] = 1,
            ["auto_stop_mins"] = 10,
            ["creator_name"] = "owner@example.com",
            ["num_clusters"] = state == "RUNNING" ? 1 : 0,
            ["enable_photon"] = true,
            ["enable_serverless_compute"] = true,
            ["warehouse_type"] = "PRO",
            ["state"] = state,
            ["health"] = new JsonObject { ["status"] = "HEALTHY" },
        };
    }
}

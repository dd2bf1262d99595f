using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Local.Appending;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>
/// Calls into DuckDB, which computes on the calling thread whatever the method is called: they run on the pool, a cancellation interrupts
/// them, and trouble of the workspace is named as such.
/// </summary>
internal static class DuckDbCalls
{
    /// <summary>Runs <paramref name="work"/> on the pool.</summary>
    public static async Task<T> RunAsync<T>(WorkspaceFolder folder, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (DuckDBException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is DuckDBException or DuckDbAppendException && DuckDbTrouble.Working(e, folder) is { } trouble)
        {
            throw trouble;
        }
    }

    /// <inheritdoc cref="RunAsync{T}(WorkspaceFolder, Func{Task{T}}, CancellationToken)" />
    public static Task<T> RunAsync<T>(WorkspaceFolder folder, Func<T> work, CancellationToken cancellationToken) =>
        RunAsync(folder, () => Task.FromResult(work()), cancellationToken);
}

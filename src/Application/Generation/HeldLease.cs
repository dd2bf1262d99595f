using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>
/// The lease of a run, kept alive while it works: every commit renews it, and where none comes for a third of its time it is renewed by itself. Disposing stops that; the
/// lease is given back with whatever settles the training sheet.
/// </summary>
internal sealed partial class HeldLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly TrainingSheet _sheet;
    private readonly ITrainingSheetRepository _sheets;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _keeping;
    private long _renewed;

    /// <summary>Keeps the lease that <paramref name="sheet"/> was taken with.</summary>
    public HeldLease(TrainingSheet sheet, ITrainingSheetRepository sheets, TimeSpan lease, TimeProvider clock, ILogger logger)
    {
        (_sheet, _sheets, _interval, _clock, _logger) = (sheet, sheets, lease / 3, clock, logger);
        (_renewed, Lost) = (clock.GetTimestamp(), _lost.Token);
        _keeping = KeepAsync(_end.Token);
    }

    /// <summary>Cancelled when the lease turns out to be another's, or the training sheet to be decided on.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Notes that a commit renewed it.</summary>
    public void Renewed() => Volatile.Write(ref _renewed, _clock.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        // At once, and not by way of the thread pool: simulated runs could not be replayed.
        _end.Cancel();
        await _keeping;
        _end.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                if (Rest() is var rest && rest > 0) await Task.Delay(TimeSpan.FromMilliseconds(rest), _clock, end);
                else if (await RenewAsync(end)) Renewed();
                else break;
            }

            _lost.Cancel();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    // Whole milliseconds, rounded up: a delay is cut to those, and a last bit of one would be no wait at all.
    private double Rest() => Math.Ceiling((_interval - _clock.GetElapsedTime(Volatile.Read(ref _renewed))).TotalMilliseconds);

    // A store that does not answer says nothing about whose the lease is; a commit will find out.
    private async Task<bool> RenewAsync(CancellationToken end)
    {
        try
        {
            return await _sheets.RenewAsync(_sheet.Seen(_clock.GetUtcNow()).Value, end);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotRenewed(e, _sheet.Id);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: the lease of its run could not be renewed; it is tried again")]
    private partial void LogNotRenewed(Exception exception, TrainingSheetId id);
}

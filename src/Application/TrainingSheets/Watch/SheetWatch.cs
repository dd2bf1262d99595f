using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Generation.Progress;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Watch;

/// <summary>
/// Watches one training sheet. A run in this process says itself how it comes along; of a run elsewhere the store is asked, every second while that brings news and less often while it
/// does not.
/// </summary>
internal sealed partial class SheetWatch : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly RunningGenerations _running;
    private readonly TimeProvider _clock;
    private readonly ILogger<SheetWatch> _logger;
    private readonly Pace _pace;
    private readonly CancellationTokenSource _stop = new();
    private string? _lastId;

    /// <summary>Begins to watch.</summary>
    public SheetWatch(TrainingSheetId id, IServiceScopeFactory scopes, RunningGenerations running, TimeProvider clock, ILogger<SheetWatch> logger)
    {
        (Id, _scopes, _running, _clock, _logger, _pace) = (id, scopes, running, clock, logger, new Pace(clock));
        var stop = _stop.Token;
        _ = Task.Run(() => WatchAsync(stop), CancellationToken.None);
    }

    /// <summary>The training sheet.</summary>
    public TrainingSheetId Id { get; }

    /// <summary>What was seen; ends after the last event, or when nothing can be seen any more.</summary>
    public LatestValue<WatchEvent> Events { get; } = new();

    /// <summary>How many follow; kept by those who join and leave.</summary>
    public int Followers { get; set; }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            var pause = ShortestPause;
            while (await ReadAsync(stop) is { } read)
            {
                pause = read ? ShortestPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
                if (_running.Find(Id) is { } run) await FollowAsync(run, stop);
                else await Task.Delay(pause, _clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        catch (Exception e)
        {
            LogBroken(e, Id);
        }
        finally
        {
            Events.End();
        }
    }

    private async Task FollowAsync(RunningGeneration run, CancellationToken cancellationToken)
    {
        await foreach (var progress in run.Progress.FollowAsync(cancellationToken)) Events.Set(WatchEvent.Of(progress));
    }

    // Whether there was news; null when nothing more is to come. Reading notices a run that died, and settles what it left.
    private async Task<bool?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var read = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetTrainingSheetQuery(Id), cancellationToken);
            return read.TryGet(out var sheet, out _) ? Take(sheet) : null;
        }
        catch (UpstreamException e)
        {
            // A store that does not answer now may do so later; whoever watches waits.
            LogUnread(e, Id, e.Code);
            return false;
        }
    }

    private bool? Take(TrainingSheet sheet)
    {
        var seen = WatchEvent.Of(sheet);
        _pace.Take(sheet.Tally.Total);
        var isNews = seen.Id != _lastId;
        _lastId = seen.Id;
        if (isNews)
        {
            Events.Set(seen with
            {
                Progress = seen.Progress with
                {
                    PerSecond = seen.IsLast ? null : _pace.PerSecond(),
                    Remaining = seen.IsLast ? null : _pace.Remaining(seen.Progress.TotalItems - seen.Progress.Tally.Total),
                },
            });
        }

        return seen.IsLast ? null : isNews;
    }

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id} is watched and cannot be read, {Code}; it is tried again")]
    private partial void LogUnread(Exception exception, TrainingSheetId id, string code);

    [LoggerMessage(LogLevel.Error, "Training sheet {Id} is not watched any more: an unexpected fault")]
    private partial void LogBroken(Exception exception, TrainingSheetId id);
}

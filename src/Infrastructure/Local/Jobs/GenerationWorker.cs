using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.Configuration;

namespace Mirion.Generation.Infrastructure.Local.Jobs;

/// <summary>
/// Carries out the generations in the queue, and at its start those that an earlier run of the host left generating. When the host stops, what runs
/// is broken off and left generating, for the next start. Does nothing over a workspace that runs jobs itself.
/// </summary>
internal sealed partial class GenerationWorker(
    GenerationQueue queue, IServiceScopeFactory scopes, IOptions<WorkspaceOptions> workspace, ILogger<GenerationWorker> logger) : BackgroundService
{
    // Few: runs that ask the same endpoint share its limit, so more of them would only each be slower.
    private const int AtOnce = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Asked for here and not above: the worker is made before settings are checked, and one fault would hide the others.
        if (workspace.Value.Provider is not WorkspaceProvider.Local) return;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var sheets = scope.ServiceProvider.GetRequiredService<ITrainingSheetRepository>();
            foreach (var id in await sheets.ListGeneratingAsync(stoppingToken)) queue.Add(id);
        }

        await Parallel.ForEachAsync(
            queue.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            RunAsync);
    }

    private async ValueTask RunAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        queue.Begin(id);
        try
        {
            await GenerateAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogBrokenOff(id);
        }
        catch (Exception e)
        {
            LogFailed(e, id);
        }
        finally
        {
            queue.End(id);
        }
    }

    private async Task GenerateAsync(TrainingSheetId id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sheets = scope.ServiceProvider.GetRequiredService<ITrainingSheetRepository>();
        // One that was asked for twice is done by now, and running it again would try its failures again.
        if (await sheets.FindAsync(id, cancellationToken) is not { Status: TrainingSheetStatus.Generating }) return;
        var outcome = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RunGenerationCommand(id, KeepGenerating: true), cancellationToken);
        if (outcome.Error is { } refusal) LogRefused(id, refusal.Code);
    }

    [LoggerMessage(LogLevel.Information, "Training sheet {TrainingSheetId} was broken off as the host stops; its generation goes on at the next start.")]
    private partial void LogBrokenOff(TrainingSheetId trainingSheetId);

    [LoggerMessage(LogLevel.Error, "The generation of training sheet {TrainingSheetId} broke down; it goes on at the next start of the host.")]
    private partial void LogFailed(Exception exception, TrainingSheetId trainingSheetId);

    [LoggerMessage(LogLevel.Warning, "The generation of training sheet {TrainingSheetId} was refused: {Code}.")]
    private partial void LogRefused(TrainingSheetId trainingSheetId, string code);
}

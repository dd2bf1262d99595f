using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.TrainingSheets.Generate;

internal sealed class GenerateTrainingSheetHandler(
    GenerationCheck check, GenerationRunner runner, RunningGenerations running, JobLaunch launch, ITrainingSheetRepository sheets, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GenerateTrainingSheetCommand, Result<TrainingSheet>>
{
    private static readonly Guid KeyNamespace = new("0b6a3c58-4a7d-4f0e-8a52-2f7f0e6f5f3d");

    public async Task<Result<TrainingSheet>> Handle(GenerateTrainingSheetCommand request, CancellationToken cancellationToken)
    {
        var id = IdFor(request);
        if (request.IdempotencyKey is not null && await sheets.FindAsync(id, cancellationToken) is { } first) return SameAs(first, request);

        if (!(await check.CheckAsync(request.SheetId, request.TemplateId, request.TemplateVersion, request.Config, cancellationToken)).TryGet(out var generation, out var error)) return error;
        var now = clock.GetUtcNow();
        var begun = TrainingSheet.Begin(id, request.Name, generation.Prepared.Recipe, generation.Mode, generation.Items, user.Name, now);
        var sheet = (generation.Mode is ExecutionMode.Job ? begun.Seen(now) : begun.TakenBy(Guid.CreateVersion7(now), now)).Value;
        if (!await sheets.AddAsync(sheet, cancellationToken))
        {
            if (await sheets.FindAsync(id, cancellationToken) is not { } there) return TrainingSheetErrors.NotFound(id);
            if (!IsThis(sheet, there)) return SameAs(there, request);
        }

        if (generation.Mode is ExecutionMode.Job) return await LaunchAsync(sheet, cancellationToken);
        using var run = running.TryTake(id);
        return run is null
            ? TrainingSheetErrors.AlreadyRunning(id)
            : await runner.RunAsync(sheet, generation.Prepared, run, request.Progress, keepGenerating: false, cancellationToken);
    }

    // It was added after all, and the reply was lost.
    private static bool IsThis(TrainingSheet sheet, TrainingSheet there) => sheet.Lease.Run is { } run && there.Lease.Run == run;

    private async Task<Result<TrainingSheet>> LaunchAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        try
        {
            return await launch.LaunchAsync(sheet, after: null, cancellationToken);
        }
        catch (UpstreamException)
        {
            // Nothing was begun: the caller gets the upstream's error, and no training sheet that nobody works on is left behind.
            await sheets.DeleteAsync(sheet.Id, CancellationToken.None);
            throw;
        }
    }

    // One key, one id: of two requests at once, only one adds the training sheet.
    private TrainingSheetId IdFor(GenerateTrainingSheetCommand request) => new(
        request.IdempotencyKey is { } key ? UuidV5.Create(KeyNamespace, $"{user.Name}\n{key}").ToString() : NewId.At(clock));

    private static Result<TrainingSheet> SameAs(TrainingSheet first, GenerateTrainingSheetCommand request) =>
        first.Recipe.Sheet.Id == request.SheetId && first.Recipe.Template.Id == request.TemplateId && (request.TemplateVersion ?? first.Recipe.Template.Version) == first.Recipe.Template.Version
            ? first
            : GenerationErrors.IdempotencyKeyReused(first.Id);
}

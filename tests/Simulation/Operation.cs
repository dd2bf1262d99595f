using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>
/// Somebody who wants the training sheet: asks for it, and asks again whenever it came to nothing, in a new process when the old one died. Beside that, everything befalls
/// the processes that the world has in store for them.
/// </summary>
internal sealed class Operation(World world, Simulation simulation, Lane lane)
{
    private const int MostRounds = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<SimulatedProcess> _processes = [];
    private TrainingSheetId? _id;

    /// <summary>Whether the training sheet is settled.</summary>
    public bool IsOver { get; private set; }

    private Scheduler Scheduler => simulation.Scheduler;

    /// <summary>Begins.</summary>
    public void Begin()
    {
        lane.Post(async _ => await OperateAsync(), null);
        foreach (var happening in world.Happenings)
        {
            Scheduler.AddAt((long)(happening.At * TimeSpan.TicksPerSecond), new Work(lane, lane, _ => Befall(happening), null));
        }
    }

    private async Task OperateAsync()
    {
        var process = Start();
        for (var round = 0; round < MostRounds; round++)
        {
            if (process.Lane.IsDead) process = Start();
            Note(await process.SendAsync(Command()));
            if (IsSettled())
            {
                IsOver = true;
                return;
            }

            await Task.Delay(Patience, lane.Clock);
        }

        Scheduler.Fail($"The training sheet is not settled after {MostRounds} rounds.");
    }

    private IRequest<Result<TrainingSheet>> Command() => Find() is { } sheet
        ? new RunGenerationCommand(sheet.Id)
        : new GenerateTrainingSheetCommand(
            new SheetId("inspections"),
            new TemplateId("triage"),
            new GenerationConfig
            {
                LabelingMode = world.Mode,
                Temperature = world.Temperature,
                FewShot = world.FewShot,
                Limit = world.Limit,
                ResponseColumn = world.Mode is Domain.QAPairs.LabelingMode.ExistingColumn ? "given" : null,
                TrustExisting = world.TrustGiven,
            },
            IdempotencyKey: "the one");

    private TrainingSheet? Find()
    {
        if (_id is { } id) return simulation.Store.FindAsync(id, default).Result;
        if (simulation.Store.ListAsync(new PageRequest(1), default).Result.Items is not [var only]) return null;
        _id = only.Id;
        return only;
    }

    // Done, and nothing in it that another run would make better.
    private bool IsSettled() => Find() is { Status: TrainingSheetStatus.Review or TrainingSheetStatus.Approved }
        && !simulation.Store.Pairs.Any(pair => ReferenceModel.Passes(pair.State.Metadata.Error?.Code));

    private void Note(Reply reply)
    {
        Scheduler.History.Note(Scheduler.Now, lane.Name, reply.ToString());
        if (reply.Exception is not (null or UpstreamException or OperationCanceledException)) Scheduler.Fail($"A command threw {reply.Exception}");
        if (Find()?.State.StatusReason is { Code: "internal_error" } bug) Scheduler.Fail(bug.Message);
    }

    private void Befall(Happening happening)
    {
        var living = _processes.Where(process => !process.Lane.IsDead).ToList();
        if (living.Count == 0) return;
        var victim = living[Math.Min((int)(happening.Detail * living.Count), living.Count - 1)];
        Scheduler.History.Note(Scheduler.Now, victim.Lane.Name, happening.Event.ToString());
        switch (happening.Event)
        {
            case Event.Kill:
                victim.Kill();
                break;
            case Event.Freeze:
                victim.Lane.Freeze();
                var thaw = Scheduler.Now + (long)(happening.Detail * 10 * world.Settings.LeaseSeconds * TimeSpan.TicksPerSecond);
                Scheduler.AddAt(thaw, new Work(lane, lane, _ => victim.Lane.Thaw(), null));
                break;
            case Event.ClockJump:
                victim.Lane.ClockError += TimeSpan.FromSeconds((happening.Detail - 0.5) * 10 * world.Settings.LeaseSeconds);
                break;
            case Event.Cancel:
                lane.Post(async _ => await CancelAsync(victim), null);
                break;
            case Event.SecondStart:
                lane.Post(async _ => await StartSecondAsync(), null);
                break;
        }
    }

    private async Task CancelAsync(SimulatedProcess process)
    {
        if (_id is { } id) Note(await process.SendAsync(new CancelGenerationCommand(id)));
    }

    private async Task StartSecondAsync() => Note(await Start().SendAsync(Command()));

    private SimulatedProcess Start()
    {
        var process = simulation.Start();
        _processes.Add(process);
        return process;
    }
}

using MediatR;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Simulation.Tests.Ports;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>
/// Somebody who wants training sheets: asks for them, and asks again whenever it came to nothing, in a new process when the old one is over. Beside that, everything befalls
/// the processes that the world has in store for them.
/// </summary>
internal sealed class Operation(World world, Simulation simulation, Watch watch, Lane lane)
{
    private const int MostRounds = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<SimulatedProcess> _processes = [];
    private int _wanted = world.Sheets;

    /// <summary>Whether every training sheet is settled.</summary>
    public bool IsOver { get; private set; }

    private Scheduler Scheduler => simulation.Scheduler;

    /// <summary>Begins.</summary>
    public void Begin()
    {
        foreach (var name in Names()) lane.Post(async _ => await OperateAsync(name), null);
        foreach (var happening in world.Happenings)
        {
            Scheduler.AddAt((long)(happening.At * TimeSpan.TicksPerSecond), new Work(lane, lane, _ => Befall(happening), null));
        }
    }

    private IEnumerable<string> Names() => Enumerable.Range(1, world.Sheets).Select(number => $"sheet {number}");

    private async Task OperateAsync(string name)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            Note(await Living().SendAsync(Wish(name)), name);
            if (Find(name) is { Status: TrainingSheetStatus.Review or TrainingSheetStatus.Approved } sheet && !IsWorthTryingAgain(sheet))
            {
                watch.Settled(sheet);
                IsOver = --_wanted == 0;
                if (IsOver) watch.Ended();
                return;
            }

            await Task.Delay(Patience, lane.Clock);
        }

        Scheduler.Fail($"{name} is not settled after {MostRounds} rounds.");
    }

    private IRequest<Result<TrainingSheet>> Wish(string name) => Find(name) is { } sheet
        ? new RunGenerationCommand(sheet.Id, KeepGenerating: world.Seed % 2 == 0)
        : new GenerateTrainingSheetCommand(
            new SheetId("inspections"),
            new TemplateId("triage"),
            new GenerationConfig
            {
                LabelingMode = world.Mode,
                Temperature = world.Temperature,
                FewShot = world.FewShot,
                Limit = world.Limit,
                ResponseColumn = world.Mode is LabelingMode.ExistingColumn ? "given" : null,
                TrustExisting = world.TrustGiven,
            },
            name,
            IdempotencyKey: name);

    private TrainingSheet? Find(string name) =>
        simulation.Store.ListAsync(new PageRequest(10), default).Result.Items.FirstOrDefault(sheet => sheet.State.Name == name);

    private bool IsWorthTryingAgain(TrainingSheet sheet) =>
        simulation.Store.Pairs.Any(pair => pair.State.TrainingSheetId == sheet.Id && ReferenceModel.Passes(pair.State.Metadata.Error?.Code));

    private void Note(Reply reply, string name)
    {
        Scheduler.History.Note(Scheduler.Now, lane.Name, $"{name}: {reply}");
        if (reply.Exception is not (null or UpstreamException or OperationCanceledException)) Scheduler.Fail($"A command threw {reply.Exception}");
        if (Find(name)?.State.StatusReason is { Code: "internal_error" } bug) Scheduler.Fail(bug.Message);
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
            case Event.Stop:
                victim.Stop();
                break;
            case Event.Freeze:
                victim.Lane.Freeze();
                Scheduler.AddAt(Scheduler.Now + Leases(10 * happening.Detail).Ticks, new Work(lane, lane, _ => victim.Lane.Thaw(), null));
                break;
            case Event.ClockJump:
                victim.Lane.ClockError += Leases(10 * (happening.Detail - 0.5));
                break;
            case Event.Cancel:
                Send(victim, id => new CancelGenerationCommand(id));
                break;
            case Event.Look:
                Send(Start(), id => new GetTrainingSheetQuery(id));
                break;
            case Event.SecondStart:
                Send(Start(), id => new RunGenerationCommand(id));
                break;
        }
    }

    private void Send(SimulatedProcess process, Func<TrainingSheetId, IRequest<Result<TrainingSheet>>> command)
    {
        foreach (var name in Names())
        {
            if (Find(name) is { } sheet) lane.Post(async _ => Note(await process.SendAsync(command(sheet.Id)), name), null);
        }
    }

    private TimeSpan Leases(double count) => TimeSpan.FromSeconds(count * world.Settings.LeaseSeconds);

    private SimulatedProcess Living() => _processes.LastOrDefault() is { IsOver: false } process ? process : Start();

    private SimulatedProcess Start()
    {
        var process = simulation.Start();
        _processes.Add(process);
        return process;
    }
}

using System.Globalization;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Simulation.Tests.Ports;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>What a run came to, in figures.</summary>
internal sealed record RunReport(ulong Hash, TimeSpan Took, long Steps, long Attempts, long Rejected, int Processes, IReadOnlyList<string> History);

/// <summary>One world, from the first request until its training sheet is settled.</summary>
internal sealed class Simulation
{
    private const long MostSteps = 2_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);
    private static readonly Sheet Sheet = SheetBuilder.Table(itemIdColumn: "id");
    private static readonly InMemorySheetRepository Sheets = new(Sheet);
    private static readonly InMemoryPromptTemplateRepository Templates = new(TemplateBuilder.Template());
    private static readonly InMemoryPromptTemplateRepository WithSchema = new(TemplateBuilder.Template(outputSchema: ReferenceModel.Schema));

    private readonly World _world;
    private readonly Chance _chance;
    private readonly SimulatedEndpoint _endpoint;
    private readonly InMemorySheetSource _source;
    private readonly InMemoryCanonicalLabelRepository _labels;
    private readonly InMemoryAnswerJournal _journal = new();
    private readonly Watch _watch;

    private Simulation(World world, bool inWords)
    {
        _world = world;
        _chance = new Chance(world.Seed);
        Scheduler = new Scheduler(_chance.Fork(), new History(inWords));
        _endpoint = new SimulatedEndpoint(world, Scheduler, _chance.Fork());
        _watch = new Watch(world, new ReferenceModel(world), Store, Scheduler);
        _source = new InMemorySheetSource(world.Items.Select((item, i) => new Dictionary<string, object?>
        {
            ["id"] = ReferenceModel.RefOf(i), ["note"] = ReferenceModel.NoteOf(item), ["given"] = ReferenceModel.GivenOf(i, item),
        }));
        for (var i = 0; i < world.Items.Count; i++)
        {
            if (world.Items[i].Damaged) _source.Damage(ReferenceModel.RefOf(i));
        }

        _labels = new InMemoryCanonicalLabelRepository(
            world.Items.Select((item, i) => (item, i)).Where(entry => entry.item.Labelled).Select(entry => LabelBuilder.Label(ReferenceModel.RefOf(entry.i), ReferenceModel.LabelOf(entry.i))));
    }

    /// <summary>The order of things.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>What is left when every process is dead.</summary>
    public InMemoryTrainingSheetRepository Store { get; } = new();

    /// <summary>How many processes there were.</summary>
    public int Processes { get; private set; }

    /// <summary>Runs a world until it is settled.</summary>
    /// <exception cref="SimulationException">Something came out, or happened on the way, that may not.</exception>
    public static RunReport Run(World world, bool inWords = false)
    {
        var simulation = new Simulation(world, inWords);
        try
        {
            var operation = new Operation(world, simulation, simulation._watch, new Lane(simulation.Scheduler, "operator"));
            operation.Begin();
            simulation.Scheduler.Run(() => operation.IsOver, Longest, MostSteps);
        }
        catch (Exception e) when (inWords)
        {
            throw new SimulationException($"{e.Message}\n{string.Join('\n', simulation.Scheduler.History.Lines)}");
        }

        var scheduler = simulation.Scheduler;
        return new(
            scheduler.History.Hash, TimeSpan.FromTicks(scheduler.Now), scheduler.Steps, simulation._watch.Attempts, simulation._watch.Rejected, simulation.Processes, scheduler.History.Lines);
    }

    /// <summary>Starts a process.</summary>
    public SimulatedProcess Start()
    {
        var lane = new Lane(Scheduler, string.Create(CultureInfo.InvariantCulture, $"process {++Processes}"));
        var link = new Link(_world, Scheduler, _chance.Fork(), lane);
        var settings = _world.Settings;
        return new SimulatedProcess(lane, Tests.Processes.Begin(new ProcessPorts
        {
            Clock = lane.Clock,
            Chance = new Random((int)_chance.Bits()),
            Generation = new GenerationOptions
            {
                AsyncThreshold = int.MaxValue,
                PageSize = settings.PageSize,
                BatchSize = settings.BatchSize,
                FlushSeconds = settings.FlushSeconds,
                LeaseSeconds = settings.LeaseSeconds,
            },
            Calls = new ModelCallOptions
            {
                MaxConcurrency = settings.MaxConcurrency,
                MaxAttempts = settings.MaxAttempts,
                RequestsPerMinute = settings.RequestsPerMinute,
                TokensPerMinute = settings.TokensPerMinute,
            },
            Sheets = Sheets,
            Templates = _world.HasSchema ? WithSchema : Templates,
            Source = new SourceConnection(_source, link),
            Labels = new LabelConnection(_labels, link),
            TrainingSheets = new StoreConnection(Store, link, _watch, lane.Name),
            Pairs = new PairConnection(new InMemoryQAPairRepository(Store), link),
            Journal = new JournalConnection(_journal, _watch),
            Model = new EndpointConnection(_world, _endpoint, _watch, Scheduler, lane),
            User = new Operator(),
        }));
    }

    private sealed class Operator : ICurrentUser
    {
        public string Name => "operator";

        public string? AccessToken => null;
    }
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class ExportVerbTests
{
    private InMemoryHost _host = null!;

    private static CancellationToken None => CancellationToken.None;

    [SetUp]
    public async Task SetUpAsync()
    {
        _host = new InMemoryHost();
        QAPair[] pairs =
        [
            PairBuilder.FromLabel("a", 0, label: LabelBuilder.Label("a", "scratch ü")),
            PairBuilder.FromLabel("b", 1, label: LabelBuilder.Label("b", usage: new UsagePolicy(Uses.Testing, Uses.None))),
            PairBuilder.FromModel("c", 2),
            PairBuilder.FromModel("d", 3),
        ];
        await _host.TrainingSheets.AddAsync(TrainingSheetBuilder.Generating(), None);
        await _host.TrainingSheets.CommitBatchAsync(TrainingSheetBuilder.Generating().Having(pairs).Completed(), pairs, None);
        await _host.TrainingSheets.AddAsync(TrainingSheetBuilder.Generating("ts-2"), None);
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Export_WhenNoFileIsNamed_WritesLinesToStandardOutputAndCountsToStandardError()
    {
        var run = await _host.RunAsync("export", "--training-sheet-id", "ts-1");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Is.EqualTo("""{"messages":[{"role":"user","content":"Which defect is it?"},{"role":"assistant","content":"scratch ü"}]}""" + "\n"));
        Assert.That(run.Errors.Trim(), Is.EqualTo("Exported 1 pairs for training; left out 2 unlabeled, 1 not permitted for this use."));
    }

    [Test]
    public async Task Export_WhenAProgramAsks_CountsInJson()
    {
        var run = await _host.RunAsync("export", "--training-sheet-id", "ts-1", "--use", "testing", "--json");

        Assert.That(run.Output.Count(character => character == '\n'), Is.EqualTo(2));
        Assert.That(run.Errors.Trim(), Is.EqualTo("""{"use":"testing","exported_pairs":2,"excluded_pairs":{"unlabeled":2,"rejected":0,"flagged":0,"use":0}}"""));
    }

    [Test]
    public async Task Export_WhenAFileIsNamed_ReplacesItAndLeavesNothingBeside()
    {
        var path = _host.Write("pairs.jsonl", "old");

        var run = await _host.RunAsync("export", "--training-sheet-id", "ts-1", "--out", path);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, string.Empty)));
        Assert.That(await File.ReadAllBytesAsync(path), Is.EqualTo("""{"messages":[{"role":"user","content":"Which defect is it?"},{"role":"assistant","content":"scratch ü"}]}"""u8.ToArray().Append((byte)'\n')));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo(new[] { path }));
    }

    [Test]
    public async Task Export_WhenTheStoreBreaksHalfway_LeavesTheFileAsItWas()
    {
        var path = _host.Write("pairs.jsonl", "old");
        _host.Configure = (services, _) => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IQAPairRepository>(
            services, new BreakingPairs(new InMemoryQAPairRepository(_host.TrainingSheets)));

        var run = await _host.RunAsync("export", "--training-sheet-id", "ts-1", "--use", "testing", "--out", path);

        Assert.That((run.ExitCode, run.Errors.Split(':')[0]), Is.EqualTo((3, "error workspace_failed")));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Is.EqualTo(new[] { path }));
    }

    [TestCase("nowhere", "training", null, "training_sheet_not_found")]
    [TestCase("ts-2", "training", null, "already_running")]
    [TestCase("ts-1", "fun", null, "validation_failed")]
    [TestCase("ts-1", "training", "no/such/folder/pairs.jsonl", "file_unwritable")]
    public async Task Export_WhenItCannotBe_ExitsWithTwoAndSaysWhy(string id, string use, string? path, string code)
    {
        var run = await _host.RunAsync(["export", "--training-sheet-id", id, "--use", use, .. path is null ? Array.Empty<string>() : ["--out", path]]);

        Assert.That((run.ExitCode, run.Errors.Split(':')[0], run.Output), Is.EqualTo((2, $"error {code}", string.Empty)));
    }

    /// <summary>Pairs of which the second cannot be read.</summary>
    private sealed class BreakingPairs(IQAPairRepository pairs) : IQAPairRepository
    {
        public Task<QAPair?> FindAsync(QAPairId id, CancellationToken cancellationToken) => pairs.FindAsync(id, cancellationToken);

        public Task<IReadOnlyList<QAPair>> FindAllAsync(IReadOnlyCollection<QAPairId> ids, CancellationToken cancellationToken) => pairs.FindAllAsync(ids, cancellationToken);

        public Task<Application.Common.Page<QAPair>> ListAsync(TrainingSheetId id, QAPairFilter filter, Application.Common.PageRequest page, CancellationToken cancellationToken) =>
            pairs.ListAsync(id, filter, page, cancellationToken);

        public IAsyncEnumerable<PairMark> StreamMarksAsync(TrainingSheetId id, CancellationToken cancellationToken) => pairs.StreamMarksAsync(id, cancellationToken);

        public Task<PairTally> TallyAsync(TrainingSheetId id, CancellationToken cancellationToken) => pairs.TallyAsync(id, cancellationToken);

        public Task<IReadOnlyList<PairCount>> CountAsync(TrainingSheetId id, CancellationToken cancellationToken) => pairs.CountAsync(id, cancellationToken);

        public Task<PairComparison> CompareAsync(TrainingSheetId here, TrainingSheetId there, Application.Common.PageRequest page, CancellationToken cancellationToken) =>
            pairs.CompareAsync(here, there, page, cancellationToken);

        public async IAsyncEnumerable<QAPair> StreamAsync(
            TrainingSheetId id, QAPairFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var pair in pairs.StreamAsync(id, filter, cancellationToken))
            {
                yield return pair;
                throw new UpstreamException("workspace_failed", "The disk is gone.");
            }
        }
    }
}

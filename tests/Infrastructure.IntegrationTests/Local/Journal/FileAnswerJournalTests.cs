using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Journal;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Journal;

/// <summary>What is kept is there for the next process, whole or not at all, and goes when it is stored.</summary>
[TestFixture]
public sealed class FileAnswerJournalTests
{
    private const string Hash = "5f3c";
    private static readonly ModelSettings Asked = new("m", 0, 512, """{"type":"object"}""");

    private TemporaryFolder _folder = null!;
    private RecordedLogs _logs = null!;
    private ILoggerFactory _loggers = null!;

    private static CancellationToken None => CancellationToken.None;

    private string Files => Path.Combine(_folder.Path, ".journal", "ts-1");

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _logs = new RecordedLogs();
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
    }

    [TearDown]
    public void TearDown()
    {
        _loggers.Dispose();
        _logs.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Find_InTheNextProcess_GivesEveryAnswerAsItWas()
    {
        var reply = Reply(Plain.Awkward) with { FinishReason = "stop", PromptTokens = 31, CompletionTokens = 7, Calls = 2, Attempts = 3, Elapsed = TimeSpan.FromMilliseconds(1234.5678), Sent = Asked with { Temperature = 0.1 } };
        var dying = await OpenAsync();
        await dying.KeepAsync(new ItemRef(Plain.Awkward), Hash, reply);
        await dying.KeepAsync(new ItemRef("b"), Hash, Reply("plain"));
        // Neither completed nor disposed: the process is dead.

        var next = await OpenAsync(epoch: 2);

        Assert.That(next.Find(new ItemRef(Plain.Awkward), Hash, Asked)?.Reply, Is.EqualTo(reply));
        Assert.That(next.Find(new ItemRef("b"), Hash, Asked)?.Reply, Is.EqualTo(Reply("plain")));
        Assert.That(next.Find(new ItemRef("b"), Hash, Asked), Is.Null, "given once");
        Assert.That(_logs.Lines, Is.Empty);
    }

    [Test]
    public async Task Find_WhenAnotherQuestionWasAsked_GivesNothing()
    {
        await (await OpenAsync()).KeepAsync(new ItemRef("a"), Hash, Reply("x"));

        Assert.That((await OpenAsync(epoch: 2)).Find(new ItemRef("a"), "another", Asked), Is.Null);
    }

    [Test]
    public async Task Stored_WhenAllOfAFileIs_DeletesTheFile()
    {
        await using var journal = await OpenAsync();
        var kept = new List<KeptAnswer>();
        for (var i = 0; i <= FileRunJournal.SegmentEntries; i++) kept.Add(await journal.KeepAsync(new ItemRef($"{i:d4}"), Hash, Reply("x")));
        Assert.That(Directory.GetFiles(Files), Has.Length.EqualTo(2));

        foreach (var answer in kept.SkipLast(2)) answer.Stored();
        Assert.That(Directory.GetFiles(Files), Has.Length.EqualTo(2), "one of it is still open");
        kept[^2].Stored();
        Assert.That(Directory.GetFiles(Files).Select(Path.GetFileName), Is.EqualTo(new[] { "000001-000001.log" }));
    }

    [Test]
    public async Task Find_WhenAnItemHasTwo_GivesTheLaterOneAndLetsTheFileGoWithIt()
    {
        await using (var run = await OpenAsync())
        {
            var first = await run.KeepAsync(new ItemRef("a"), Hash, Reply("first"));
            await run.KeepAsync(new ItemRef("a"), Hash, Reply("second") with { Calls = 2 });
            first.Stored();
        }

        await using var next = await OpenAsync(epoch: 2);
        var found = next.Find(new ItemRef("a"), Hash, Asked)!;

        Assert.That((found.Reply.Answer, found.Reply.Calls), Is.EqualTo(("second", 2)));
        found.Stored();
        Assert.That(Directory.GetFiles(Files), Is.Empty);
    }

    [Test]
    public async Task CompleteAsync_Always_LeavesNothing()
    {
        await (await OpenAsync()).KeepAsync(new ItemRef("a"), Hash, Reply("x"));
        await using var next = await OpenAsync(epoch: 2);
        await next.KeepAsync(new ItemRef("b"), Hash, Reply("x"));

        await next.CompleteAsync();

        Assert.That(Directory.Exists(Files), Is.False);
    }

    [Test]
    public async Task DisposeAsync_WhenSomeIsNotStored_KeepsExactlyThose()
    {
        await using (var run = await OpenAsync()) (await run.KeepAsync(new ItemRef("a"), Hash, Reply("x"))).Stored();
        Assert.That(Directory.GetFiles(Files), Is.Empty);
        await using (var run = await OpenAsync(epoch: 2)) await run.KeepAsync(new ItemRef("b"), Hash, Reply("x"));

        await using (var run = await OpenAsync(epoch: 3)) run.Find(new ItemRef("b"), Hash, Asked)!.Stored();

        Assert.That(Directory.GetFiles(Files), Is.Empty);
    }

    [Test]
    public async Task Find_WhenTheLastLineIsCutOffAnywhere_GivesTheOthersWithoutAWord()
    {
        var run = await OpenAsync();
        for (var i = 0; i < 3; i++) await run.KeepAsync(new ItemRef($"{i}"), Hash, Reply($"answer {i}"));
        await run.DisposeAsync();
        var file = Directory.GetFiles(Files).Single();
        var whole = await File.ReadAllBytesAsync(file);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;

        for (var length = last; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length]);
            var next = await OpenAsync(epoch: 2);
            Assert.That(Enumerable.Range(0, 3).Count(i => next.Find(new ItemRef($"{i}"), Hash, Asked) is not null), Is.EqualTo(2), $"{length}");
        }

        Assert.That(_logs.Lines, Is.Empty);
    }

    [Test]
    public async Task Find_WhenBytesAreDamaged_NeverGivesAnotherAnswerAndWarnsOnce()
    {
        var run = await OpenAsync();
        for (var i = 0; i < 4; i++) await run.KeepAsync(new ItemRef($"{i}"), Hash, Reply($"answer {i}"));
        await run.DisposeAsync();
        var file = Directory.GetFiles(Files).Single();
        var whole = await File.ReadAllBytesAsync(file);
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var damaged = whole.ToArray();
            for (var hit = 0; hit < 3; hit++) damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(file, damaged);
            var before = _logs.Lines.Count;

            var next = await OpenAsync(epoch: 2);

            for (var i = 0; i < 4; i++) Assert.That(next.Find(new ItemRef($"{i}"), Hash, Asked)?.Reply.Answer, Is.Null.Or.EqualTo($"answer {i}"));
            Assert.That(_logs.Lines.Count - before, Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public async Task KeepAsync_WhenItCannotBeWritten_GoesOnAndWarnsOnce()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, ".journal"), "in the way");
        await using var run = await OpenAsync();

        for (var i = 0; i < 5; i++) (await run.KeepAsync(new ItemRef($"{i}"), Hash, Reply("x"))).Stored();

        Assert.That(_logs.Lines, Has.Count.EqualTo(1));
        await run.CompleteAsync();
    }

    private static ModelReply Reply(string answer) => new() { Model = "m", Answer = answer };

    private Task<IRunJournal> OpenAsync(int epoch = 1)
    {
        var sheet = TrainingSheetBuilder.Generating();
        for (var i = 0; i < epoch; i++) sheet = sheet.TakenBy(Guid.NewGuid(), Times.Start).Value;
        return new FileAnswerJournal(new WorkspaceFolder(_folder.Path), _loggers.CreateLogger<FileAnswerJournal>()).OpenAsync(sheet, None);
    }
}

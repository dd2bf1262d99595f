using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.TrainingSheets;
using Spectre.Console;

namespace Mirion.Generation.Cli.IntegrationTests.Output;

public sealed partial class ProgressDisplayTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task Plain_WhenManyReportsCome_WritesOneEveryFewSecondsAndTheLast()
    {
        using var output = new StringWriter();
        var display = new PlainProgress(output, new ProgressMeter(_clock), _clock);

        await display.ShowAsync(progress =>
        {
            for (var done = 0; done <= 25; done++)
            {
                progress.Report(Progress(done));
                _clock.Advance(TimeSpan.FromMilliseconds(500));
            }

            return Task.FromResult(0);
        });

        Assert.That(Counts(output), Is.EqualTo(["0/25", "9/25", "19/25", "25/25"]));
    }

    [Test]
    public async Task Plain_WhenNothingFollowsNewsThatCameTooSoon_TellsItAllTheSame()
    {
        using var output = new StringWriter();
        string[] stalled = [];

        await new PlainProgress(output, new ProgressMeter(_clock), _clock).ShowAsync(progress =>
        {
            progress.Report(Progress(0));
            progress.Report(Progress(3));
            for (var second = 0; second < 20; second++) _clock.Advance(TimeSpan.FromSeconds(1));
            stalled = Counts(output);
            return Task.FromResult(0);
        });

        Assert.That((string.Join(' ', stalled), string.Join(' ', Counts(output))), Is.EqualTo(("0/25 3/25", "0/25 3/25")));
    }

    [Test]
    public void Plain_WhenTheWorkFails_StillWritesTheLast()
    {
        using var output = new StringWriter();
        var display = new PlainProgress(output, new ProgressMeter(_clock), _clock);

        Assert.That(
            () => display.ShowAsync<int>(progress =>
            {
                progress.Report(Progress(0));
                progress.Report(Progress(3));
                throw new OperationCanceledException();
            }),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Counts(output), Is.EqualTo(["0/25", "3/25"]));
    }

    [Test]
    public async Task Plain_WhenNothingIsReported_WritesNothing()
    {
        using var output = new StringWriter();

        await new PlainProgress(output, new ProgressMeter(_clock), _clock).ShowAsync(_ => Task.FromResult(0));

        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public async Task Live_WhenAllIsDone_LeavesAFullBarWithTheLastWord()
    {
        using var output = new StringWriter();

        var answer = await new LiveProgress(Console(output), new ProgressMeter(_clock)).ShowAsync(progress =>
        {
            progress.Report(Progress(0));
            progress.Report(Progress(25));
            return Task.FromResult("done");
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.EqualTo("done"));
            Assert.That(output.ToString(), Does.Contain("25/25 · ").And.Contain("25 labeled, 0 unlabeled, 0 flagged"));
            Assert.That(output.ToString(), Does.EndWith("\u001b[?25h"), "the cursor is given back");
        }
    }

    [Test]
    public async Task Plain_WhileAModelIsAsked_SaysEverythingInALine()
    {
        using var output = new StringWriter();

        await new PlainProgress(output, new ProgressMeter(_clock), _clock).ShowAsync(progress =>
        {
            progress.Report(Million);
            return Task.FromResult(0);
        });

        Assert.That(output.ToString().TrimEnd(), Is.EqualTo(
            "999,999/1,000,000 · 123,456/s · 0:00:00 · 11:22:33 left · 400,000 labeled, 599,989 unlabeled, 10 flagged · 1,024 of 1,024 calls in flight, 1,234.6M tokens"));
    }

    [Test]
    public async Task Live_WhenThereAreAMillionItems_FitsIntoEightyColumns()
    {
        using var output = new StringWriter();

        await new LiveProgress(Console(output), new ProgressMeter(_clock)).ShowAsync(progress =>
        {
            progress.Report(Million);
            return Task.FromResult(0);
        });

        var lines = AnsiSequence().Replace(output.ToString(), string.Empty).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Select(line => line.TrimEnd().Length), Has.All.LessThanOrEqualTo(80));
        Assert.That(string.Join(' ', lines), Does.Contain("11:22:33 left").And.Contain("10 flagged").And.Contain("1,234.6M tokens").And.Not.Contain("…"));
    }

    [Test]
    public async Task Live_WhenRefusedBeforeItBegan_LeavesNoBarBehind()
    {
        using var output = new StringWriter();

        await new LiveProgress(Console(output), new ProgressMeter(_clock)).ShowAsync(_ => Task.FromResult("refused"));

        var screen = output.ToString();
        Assert.That(screen[(screen.LastIndexOf("checking", StringComparison.Ordinal) + 1)..], Does.Contain("\u001b[2K"), "the line is erased after it was last written");
    }

    private static GenerationProgress Million { get; } =
        new(new TrainingSheetId("ts-1"), 1_000_000, new PairTally(400_000, 599_989, 0, 10), new GenerationStatistics { TotalItems = 1_000_000, ModelCalls = 1, PromptTokens = 1_234_567_890 })
        {
            InFlight = 1024,
            Limit = 1024,
            PerSecond = 123_456,
            Remaining = new TimeSpan(11, 22, 33),
        };

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex AnsiSequence();

    private static IAnsiConsole Console(StringWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 80;
        return console;
    }

    private static string[] Counts(StringWriter output) =>
        [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];

    private static GenerationProgress Progress(long done) =>
        new(new TrainingSheetId("ts-1"), 25, new PairTally(done, 0, 0, 0), new GenerationStatistics { TotalItems = 25 });
}

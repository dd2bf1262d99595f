using System.Net.Http.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>
/// Programs that are killed in the midst of it, again and again, and what is left: a database that opens, no pair lost or twice, and no question asked
/// again but those that were in flight.
/// </summary>
[Platform(Exclude = "Win", Reason = "POSIX signals")]
internal sealed class KillTests
{
    private CrashSite _site = null!;
    private Moments _moments = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _site = await CrashSite.CreateAsync();
        _moments = new Moments(_site);
    }

    [TearDown]
    public async Task DeleteAsync() => await _site.DisposeAsync();

    [Test]
    public async Task Cli_WhenKilledAgainAndAgain_CompletesTheTrainingSheetExactly()
    {
        TrainingSheet? sheet = null;
        Func<Victim, Task>[] kills =
        [
            _moments.InACommitAsync, _moments.InRecoveryAsync, _moments.InRecoveryAsync, _moments.AfterAnswersAsync, _moments.InACommitAsync, _moments.InRecoveryAsync,
        ];
        foreach (var comes in kills)
        {
            using var victim = Start(sheet);
            await comes(victim);
            await victim.KillAsync();
            var before = sheet?.Tally.Total ?? 0;
            sheet = await _site.InspectAsync();
            Assert.That(sheet?.Tally.Total ?? 0, Is.GreaterThanOrEqualTo(before), "what was committed stays");
        }

        using var last = Start(sheet);
        Assert.That(await last.EndAsync(), Is.Zero, last.Said);
        await AssertWholeAsync(kills.Length);
    }

    [Test]
    public async Task Api_WhenKilledAgainAndAgain_GoesOnAtItsNextStart()
    {
        using (var host = HostProcess.Start(Path.GetTempPath(), ["--urls", "http://127.0.0.1:0"], Environment()))
        {
            using var client = new HttpClient { BaseAddress = await host.ListeningAsync() };
            using var accepted = await client.PostAsJsonAsync("/api/v1/training-sheets/generate", new { sheet_id = "boards", template_id = "triage" });
            Assert.That((int)accepted.StatusCode, Is.EqualTo(202));
        }

        Func<Victim, Task>[] kills = [_moments.InACommitAsync, _moments.InRecoveryAsync, _moments.AfterAnswersAsync];
        foreach (var comes in kills)
        {
            using var victim = Victim.Start("Mirion.Generation.Api.dll", _site.Settings, "--urls", "http://127.0.0.1:0");
            await comes(victim);
            await victim.KillAsync();
            await _site.InspectAsync();
        }

        using (var host = HostProcess.Start(Path.GetTempPath(), ["--urls", "http://127.0.0.1:0"], Environment()))
        {
            using var client = new HttpClient { BaseAddress = await host.ListeningAsync() };
            await DoneAsync(client);
        }

        await AssertWholeAsync(kills.Length + 1);
    }

    private static async Task DoneAsync(HttpClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await client.GetStringAsync("/api/v1/training-sheets", deadline.Token)).Contains("\"generating\"", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
    }

    private Victim Start(TrainingSheet? sheet) => sheet is null
        ? Victim.Start(Victim.Cli, _site.Settings, "generate", "--sheet", "boards", "--template", "triage")
        : Victim.Start(Victim.Cli, _site.Settings, "run", "--training-sheet-id", sheet.Id.Value);

    private async Task AssertWholeAsync(int kills)
    {
        var sheet = (await _site.InspectAsync())!;
        TestContext.Out.WriteLine($"{kills} kills: {_site.Model.CallCount} calls for {CrashSite.Open} questions");
        Assert.That((sheet.Status, sheet.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(CrashSite.Items - CrashSite.Open, CrashSite.Open, 0, 0))));
        Assert.That(_site.Model.CallCount, Is.InRange(CrashSite.Open, CrashSite.Open + (kills * CrashSite.MaxConcurrency)), "only what was in flight is asked again");
    }

    private (string Name, string Value)[] Environment() => [.. _site.Settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))];
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>The events of a generation over the wire.</summary>
internal sealed class EventTests
{
    private const string Base = "/api/v1/training-sheets";

    private FakePorts _ports = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _ports) = await SharedApi.RenewAsync();

    [Test]
    public async Task Events_WhenThereIsNoSuchTrainingSheet_AreAProblem()
    {
        var reply = await _api.GetAsync("training-sheets/nobody/events");

        Assert.That((reply.Status, reply.MediaType, reply.Code), Is.EqualTo((HttpStatusCode.NotFound, "application/problem+json", "training_sheet_not_found")));
    }

    [Test]
    public async Task Events_WhenTheGenerationIsOver_AreItsEnd()
    {
        var reply = await _api.GetAsync("training-sheets/ts-review/events").Expect(HttpStatusCode.OK);

        Assert.That(reply.MediaType, Is.EqualTo("text/event-stream"));
        Snapshot.Match(reply.Text);
    }

    [Test]
    public async Task Events_WhenTheClientHasSeenTheEnd_AreNoContent()
    {
        using var first = await EventClient.ConnectAsync(_api, $"{Base}/ts-review");
        await first.EndAsync();

        using var again = await EventClient.ConnectAsync(_api, $"{Base}/ts-review", first.Events.Single().Id);
        using var other = await EventClient.ConnectAsync(_api, $"{Base}/ts-review", "failed-1.1.1.cancelled");
        await other.EndAsync();

        Assert.That((again.Status, other.Events.Single().Name), Is.EqualTo((HttpStatusCode.NoContent, "completed")));
    }

    [Test]
    public async Task Events_WhenNothingHappens_KeepTheConnectionOpen()
    {
        using var client = await EventClient.ConnectAsync(_api, $"{Base}/ts-generating");
        await client.UntilAsync(() => client.Events.Count == 1);

        await client.UntilAsync(() => client.Comments >= 2, () => _ports.Clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(client.Events.Select(seen => seen.Name), Is.EqualTo(["progress"]));
        Assert.That(client.Response.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(client.Response.Headers.GetValues("X-Accel-Buffering"), Is.EqualTo(["no"]));
    }

    [Test]
    public async Task Events_WhenItFails_SayWhyAndEnd()
    {
        using var client = await EventClient.ConnectAsync(_api, $"{Base}/ts-generating");
        await client.UntilAsync(() => client.Events.Count == 1);

        await _api.PostAsync("training-sheets/ts-generating/cancel", null).Expect(HttpStatusCode.OK);
        await client.UntilAsync(() => client.Ended.IsCompleted, () => _ports.Clock.Advance(TimeSpan.FromSeconds(1)));
        await client.EndAsync();

        var end = client.Events.Last();
        Assert.That((end.Name, end.Data.Text("status"), end.Data.GetProperty("status_reason").Text("code")), Is.EqualTo(("failed", "failed", "cancelled")));
    }

    [Test]
    public async Task Events_WhenTheHostStops_EndAtOnce()
    {
        using var api = TestApi.Over(_ports);
        using var client = await EventClient.ConnectAsync(api, $"{Base}/ts-generating");
        await client.UntilAsync(() => client.Events.Count == 1);

        // Neither the clock that stands still nor a client that stays holds it up.
        await api.Services.GetRequiredService<IHost>().StopAsync().WaitAsync(TimeSpan.FromSeconds(15));

        await client.EndAsync();
        Assert.That(client.Events.Select(seen => seen.Name), Is.EqualTo(["progress"]), "no end is told that has not come");
    }

    [Test]
    public async Task Events_WhenAClientLeaves_EndWithoutAWordInTheLog()
    {
        using (var client = await EventClient.ConnectAsync(_api, $"{Base}/ts-generating")) await client.UntilAsync(() => client.Events.Count == 1);

        using var other = await EventClient.ConnectAsync(_api, $"{Base}/ts-generating");
        await other.UntilAsync(() => other.Comments >= 1, () => _ports.Clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.That(_api.Log.Errors, Is.Empty);
    }
}

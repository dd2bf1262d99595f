using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>How many SQL statements a generation takes on Databricks, where each is a commit or a query of its own on a warehouse that costs money.</summary>
internal sealed class StatementCountTests
{
    // At most 10 and one for every 500 items, which 10,000 items make 30.
    [TestCase(50)]
    [TestCase(1_000)]
    [TestCase(10_000)]
    public async Task Generate_Here_TakesAtMostTenStatementsAndOneForEveryFiveHundredItems(int items)
    {
        await using var trip = await Trip.BeginAsync(items: items);
        var before = trip.Workspace.Statements.Count;

        var generated = await trip.GenerateAsync(Trip.Here).Expect(HttpStatusCode.Created);

        Assert.That((generated.Number("total_pairs"), generated.Number("labeled_pairs")), Is.EqualTo((items, items / 5)));
        AssertFew(trip, before, 10 + (items / 500));
    }

    // What the request did is looked at again by the job, which begins when it may.
    [TestCase(300, 18)]
    [TestCase(10_000, 30)]
    public async Task Generate_InAJob_TakesAFewMore(int items, int most)
    {
        await using var trip = await Trip.BeginAsync(items: items);
        var before = trip.Workspace.Statements.Count;

        var launched = await trip.GenerateAsync(Trip.InAJob).Expect(HttpStatusCode.Accepted);
        await trip.Workspace.RunEndedAsync(trip.Workspace.RunIds.Single());

        AssertFew(trip, before, most);
        Assert.That((await trip.Api.GetAsync(launched.Location!)).Number("total_pairs"), Is.EqualTo(items));
    }

    private static void AssertFew(Trip trip, int before, int most)
    {
        var sent = trip.Workspace.Statements.Skip(before).ToList();
        TestContext.Out.WriteLine($"{sent.Count} statements");
        Assert.That(sent, Has.Count.LessThanOrEqualTo(most), string.Join('\n', sent.Select(statement => statement.Text[..Math.Min(110, statement.Text.Length)])));
    }
}

using System.Net;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>The first minutes of a new user: nothing but the host, its sample and the embedded model.</summary>
internal sealed class SampleJourneyTests
{
    [Test]
    public async Task Generate_WhenTheWorkspaceIsNew_WorksOnTheSampleWithoutAnyEndpoint()
    {
        await using var workspace = await TempWorkspace.CreateAsync();
        using var api = workspace.Start(("Workspace:Local:SeedSample", "true"), ("FoundationModel:BaseUrl", null));

        var estimate = await api.PostAsync("training-sheets/estimate", Request).Expect(HttpStatusCode.OK);
        var generated = await api.PostAsync("training-sheets/generate", Request).Expect(HttpStatusCode.Created);
        var pairs = await api.ReadPairsAsync(generated.Location!);

        Assert.That((estimate.Number("total_items"), estimate.Number("canonical_hits"), estimate.Number("model_calls")), Is.EqualTo((60, 15, 45)));
        Assert.That((generated.Text("status"), generated.Number("labeled_pairs"), generated.Number("unlabeled_pairs")), Is.EqualTo(("review", 15, 45)));
        Assert.That(generated.Text("created_by"), Is.EqualTo(Environment.UserName));
        Assert.That(pairs, Has.Count.EqualTo(60));
        Assert.That(workspace.Model.CallCount, Is.Zero);
        await api.GetAsync("/health/ready").Expect(HttpStatusCode.OK);
    }

    private const string Request = """{"sheet_id": "pcb-inspections", "template_id": "pcb-defect-triage"}""";
}

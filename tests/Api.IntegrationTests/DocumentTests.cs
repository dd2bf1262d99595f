using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Snapshooter.NUnit;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>The API as it describes itself: what changes here changes for every caller.</summary>
internal sealed class DocumentTests
{
    [Test]
    public async Task OpenApi_WhenRead_IsTheContract()
    {
        var document = await SharedApi.Api.GetAsync("/openapi/v1.json");

        Snapshot.Match(document.Text);
    }

    [Test]
    public void Routes_WhenListed_AreTheContract()
    {
        var routes = SharedApi.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal);

        Snapshot.Match(string.Join('\n', routes));
    }

    [Test]
    public async Task OpenApi_WhenRead_ExplainsEveryOperationAndParameter()
    {
        var document = (await SharedApi.Api.GetAsync("/openapi/v1.json")).Json;

        var unexplained = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                if (!operation.Value.TryGetProperty("summary", out _)) unexplained.Add($"{operation.Name} {path.Name}");
                if (!operation.Value.TryGetProperty("parameters", out var parameters)) continue;
                unexplained.AddRange(parameters.EnumerateArray()
                    .Where(parameter => !parameter.TryGetProperty("description", out _))
                    .Select(parameter => $"{operation.Name} {path.Name} {parameter.GetProperty("name")}"));
            }
        }

        Assert.That(unexplained, Is.Empty);
        Assert.That(document.GetProperty("paths").EnumerateObject().Count(), Is.EqualTo(33));
    }

    [Test]
    public async Task Scalar_WhenOpened_IsServedByThisHostAlone()
    {
        var page = await SharedApi.Api.GetAsync("/scalar/");

        Assert.That((int)page.Status, Is.EqualTo(200), page.Text);
        Assert.That(page.Text, Does.Contain("openapi/v1.json").And.Not.Contain("https://"));
    }
}

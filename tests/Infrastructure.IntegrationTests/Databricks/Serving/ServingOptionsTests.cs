using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Databricks.Serving;
using Mirion.Generation.Infrastructure.Models.Embedded;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

/// <summary>Which model a Databricks workspace is used with.</summary>
[TestFixture]
public sealed class ServingOptionsTests : ServingFixture
{
    [Test]
    public void Model_WhenNothingIsSet_IsTheWorkspacesOwn() => Assert.That(Model(), Is.InstanceOf<ServingModel>());

    // As everywhere: it is an endpoint of somebody else, which gets no token of the workspace.
    [Test]
    public void Model_WhenOnlyABaseUrlIsSet_IsTheEndpointThere() => Assert.That(Model(("FoundationModel:BaseUrl", "https://models.example/v1")), Is.InstanceOf<OpenAICompatibleModel>());

    [Test]
    public void Model_WhenAnotherIsNamed_IsThatOne()
    {
        Assert.That(Model(("FoundationModel:Provider", "OpenAICompatible"), ("FoundationModel:BaseUrl", "http://127.0.0.1:9/v1")), Is.InstanceOf<OpenAICompatibleModel>());
        Assert.That(Model(("FoundationModel:Provider", "Embedded")), Is.InstanceOf<NearestLabelModel>());
    }

    [TestCase("BaseUrl", "http://gateway.example/v1", "must be an address of the workspace itself")]
    [TestCase("BaseUrl", "https://gateway.example/v1", "must be an address of the workspace itself")]
    [TestCase("ApiKey", "sk-SECRET", "is not used with Databricks")]
    public void Options_WhenASettingDoesNotGoWithTheWorkspace_AreRefused(string key, string value, string fault)
    {
        var thrown = Assert.Throws<OptionsValidationException>(Host(("FoundationModel:Provider", "Databricks"), ($"FoundationModel:{key}", value)).Get<IStartupValidator>().Validate)!;

        Assert.That(thrown.Failures.Single(), Does.StartWith($"FoundationModel:{key} {fault}").And.Not.Contain("SECRET"));
    }
}

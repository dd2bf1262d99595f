using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Models;
using Mirion.Generation.Infrastructure.Models.Embedded;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class FoundationModelOptionsTests
{
    [Test]
    public async Task AddFoundationModel_WhenNothingIsSet_ChoosesTheEmbeddedModel()
    {
        await using var host = ModelHost.With(clock: null);

        Assert.That(host.Model, Is.InstanceOf<NearestLabelModel>());
    }

    [Test]
    public async Task AddFoundationModel_WhenABaseUrlIsSet_ChoosesTheEndpointAndKeepsTheDefaults()
    {
        await using var host = ModelHost.With(clock: null, ("BaseUrl", "http://127.0.0.1:11434/v1"));

        Assert.That(host.Model, Is.InstanceOf<OpenAICompatibleModel>());
        Assert.That(host.Services.GetRequiredService<IFoundationModel>(), Is.SameAs(host.Model));
        var options = Options(host);
        Assert.That((options.MaxConcurrency, options.TimeoutSeconds, options.MaxAttempts, options.RequestsPerMinute, options.TokensPerMinute), Is.EqualTo((64, 120, 6, (int?)null, (int?)null)));
    }

    [Test]
    public async Task AddFoundationModel_WhenAProviderIsNamed_ChoosesItWhateverElseIsSet()
    {
        await using var host = ModelHost.With(clock: null, ("Provider", "embedded"), ("BaseUrl", "http://127.0.0.1:11434/v1"));

        Assert.That(host.Model, Is.InstanceOf<NearestLabelModel>());
    }

    [Test]
    public async Task AddFoundationModel_WhenSettingsAreEmpty_TakesThemAsNotSet()
    {
        await using var host = ModelHost.With(clock: null, ("Provider", ""), ("BaseUrl", " "), ("ApiKey", ""), ("MaxAttempts", ""));

        Assert.That(host.Model, Is.InstanceOf<NearestLabelModel>());
        Assert.That(Options(host).MaxAttempts, Is.EqualTo(6));
    }

    [TestCase("Provider", "Magic")]
    [TestCase("Provider", "1")]
    [TestCase("Provider", "OpenAICompatible", "BaseUrl")]
    [TestCase("Provider", "Databricks")]
    [TestCase("BaseUrl", "127.0.0.1:11434")]
    [TestCase("BaseUrl", "/v1")]
    [TestCase("BaseUrl", "file:///etc/passwd")]
    [TestCase("BaseUrl", "ftp://127.0.0.1/v1")]
    [TestCase("BaseUrl", "http://user:SECRET@127.0.0.1/v1")]
    [TestCase("BaseUrl", "http://127.0.0.1/v1?api-key=SECRET")]
    [TestCase("BaseUrl", "http://127.0.0.1/v1#part")]
    [TestCase("ApiKey", "sk-SECRET\nX-Header: 1")]
    [TestCase("ApiKey", "sk-SECRETé")]
    [TestCase("MaxConcurrency", "0")]
    [TestCase("MaxConcurrency", "many")]
    [TestCase("TimeoutSeconds", "0")]
    [TestCase("TimeoutSeconds", "1.5")]
    [TestCase("MaxAttempts", "0")]
    [TestCase("MaxAttempts", "99999999999")]
    [TestCase("RequestsPerMinute", "0")]
    [TestCase("TokensPerMinute", "-1")]
    [TestCase("BaseUri", "http://127.0.0.1/v1")]
    public async Task Options_WhenASettingIsWrong_AreRefusedNamingItsKeyButNotItsValue(string key, string value, string? named = null)
    {
        await using var host = ModelHost.With(clock: null, (key, value));

        var thrown = Assert.Throws<OptionsValidationException>(() => Options(host))!;

        Assert.That(thrown.Failures.ToList(), Has.Count.EqualTo(1));
        Assert.That(thrown.Message, Does.StartWith($"FoundationModel:{named ?? key} ").And.Not.Contain("SECRET"));
    }

    [Test]
    public async Task Options_WhenDatabricksIsChosenWithoutItsWorkspace_SaysWhatWouldBeRight()
    {
        await using var host = ModelHost.With(clock: null, ("Provider", "Databricks"));

        Assert.That(() => Options(host), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("set Workspace:Provider to Databricks"));
    }

    [Test]
    public async Task Start_WhenManySettingsAreWrong_StopsTheHostAndNamesThemAll()
    {
        await using var host = ModelHost.With(clock: null, ("Provider", "Magic"), ("BaseUrl", "nowhere"), ("MaxConcurrency", "x"), ("TimeoutSeconds", "0"), ("MaxAttempts", "-3"));

        var thrown = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate())!;

        Assert.That(thrown.Failures.Select(fault => fault.Split(' ')[0]), Is.EquivalentTo(new[]
        {
            "FoundationModel:Provider", "FoundationModel:BaseUrl", "FoundationModel:MaxConcurrency", "FoundationModel:TimeoutSeconds", "FoundationModel:MaxAttempts",
        }));
    }

    [Test]
    public async Task Options_WhenCallsAreLimited_ReachThem()
    {
        await using var host = ModelHost.With(clock: null, ("MaxConcurrency", "7"), ("MaxAttempts", "3"), ("RequestsPerMinute", "500"), ("TokensPerMinute", "90000"));

        var calls = host.Services.GetRequiredService<IOptions<ModelCallOptions>>().Value;

        Assert.That((calls.MaxConcurrency, calls.MaxAttempts, calls.RequestsPerMinute, calls.TokensPerMinute), Is.EqualTo((7, 3, (int?)500, (int?)90_000)));
    }

    private static FoundationModelOptions Options(ModelHost host) => host.Services.GetRequiredService<IOptions<FoundationModelOptions>>().Value;
}

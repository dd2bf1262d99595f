using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Serving;
using Mirion.Generation.Testing.Clocks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

/// <summary>A workspace of its own for each test, and hosts that ask its models; delays between attempts are passed over.</summary>
public abstract class ServingFixture
{
    /// <summary>What a question is asked with unless the test is about it.</summary>
    protected static readonly ModelSettings Settings = new(FakeServing.Model, 0, 256);

    private readonly List<DatabricksHost> _hosts = [];

    protected FakeDatabricksWorkspace Workspace { get; private set; } = null!;

    protected FakeServing Serving => Workspace.Serving;

    private protected JumpingClock Clock { get; private set; } = null!;

    [SetUp]
    public async Task StartWorkspaceAsync()
    {
        Clock = new JumpingClock(TimeSpan.FromMinutes(2));
        Workspace = await FakeDatabricksWorkspace.StartAsync();
    }

    [TearDown]
    public async Task StopWorkspaceAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        _hosts.Clear();
        await Workspace.DisposeAsync();
    }

    private protected IFoundationModel Model(params (string Key, string? Value)[] settings) => Host(settings).Get<IFoundationModel>();

    private protected ModelCalls Calls(params (string Key, string? Value)[] settings) => Host(settings).Get<ModelCalls>();

    private protected DatabricksHost Host(params (string Key, string? Value)[] settings)
    {
        var host = DatabricksHost.For(Workspace, Clock, settings);
        _hosts.Add(host);
        return host;
    }

    protected static ModelPrompt Question(string text = "what is it?") => new(null, [], MessageContent.Of(text));

    private protected Task<ModelReply> AskAsync(ModelPrompt? prompt = null, ModelSettings? settings = null) =>
        Calls().AskAsync(prompt ?? Question(), settings ?? Settings, CancellationToken.None);
}

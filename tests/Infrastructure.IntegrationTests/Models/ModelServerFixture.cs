using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Clocks;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

/// <summary>A model server of its own for each test, and hosts that ask it.</summary>
public abstract class ModelServerFixture
{
    /// <summary>What a question is asked with unless the test is about it.</summary>
    protected static readonly ModelSettings Settings = new("llama3", 0, 256);

    private readonly List<ModelHost> _hosts = [];

    /// <summary>The server.</summary>
    protected FakeModelServer Server { get; private set; } = null!;

    /// <summary>The clock of hosts made by <see cref="Host"/>; it passes over delays between attempts.</summary>
    private protected JumpingClock Clock { get; private set; } = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        Clock = new JumpingClock(TimeSpan.FromHours(1));
        Server = await FakeModelServer.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        _hosts.Clear();
        await Server.DisposeAsync();
    }

    private protected ModelHost Host(params (string Key, string Value)[] settings)
    {
        var host = ModelHost.For(Server, Clock, settings);
        _hosts.Add(host);
        return host;
    }

    private protected IFoundationModel Model(params (string Key, string Value)[] settings) => Host(settings).Model;

    private protected ModelCalls Calls(params (string Key, string Value)[] settings) => Host(settings).Calls;

    protected static ModelPrompt Question(string text = "what is it?") => new(null, [], MessageContent.Of(text));

    private protected Task<ModelReply> AskAsync(ModelPrompt? prompt = null) => Calls().AskAsync(prompt ?? Question(), Settings, CancellationToken.None);
}

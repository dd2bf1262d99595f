using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAICompatibleContractTests : FoundationModelContract
{
    private FakeModelServer _server = null!;
    private ModelHost _host = null!;

    protected override IFoundationModel Model => _host.Model;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _server.ApiKey = ModelHost.Key;
        _server.Always(call => call.Question == "unanswerable" ? ChatReplies.Null() : ChatReplies.Answer(call.Question));
        _host = ModelHost.For(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override ModelPrompt PromptFor(string answer) => Question(answer);

    protected override ModelPrompt PromptWithoutAnswer() => Question("unanswerable");
}

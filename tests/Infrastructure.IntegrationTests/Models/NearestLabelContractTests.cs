using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class NearestLabelContractTests : FoundationModelContract
{
    private ModelHost _host = null!;

    protected override IFoundationModel Model => _host.Model;

    [SetUp]
    public void Start() => _host = ModelHost.With(clock: null);

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    protected override ModelPrompt PromptFor(string answer) =>
        Question("what is it?") with { Examples = [new PromptExample(MessageContent.Of("what is that?"), answer, "item-1", 0.9)] };

    protected override ModelPrompt PromptWithoutAnswer() => Question("what is it?");
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Serving;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

[TestFixture]
public sealed class ServingModelContractTests : FoundationModelContract
{
    private FakeDatabricksWorkspace _workspace = null!;
    private DatabricksHost _host = null!;

    protected override IFoundationModel Model => _host.Get<IFoundationModel>();

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await FakeDatabricksWorkspace.StartAsync();
        _workspace.Serving.Endpoint(Settings.Model!).Always(call => (call.Question == "unanswerable" ? ServingAnswers.Null() : ServingAnswers.Text(call.Question))(call));
        _host = DatabricksHost.For(_workspace);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    protected override ModelPrompt PromptFor(string answer) => Question(answer);

    protected override ModelPrompt PromptWithoutAnswer() => Question("unanswerable");
}

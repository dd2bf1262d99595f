using Mirion.Generation.Cli;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Infrastructure;

var output = CliOutput.OfProcess();
using var interruption = new Interruption(output.RestoreTerminal);
return await new CliApplication(output, (services, configuration) => services.AddInfrastructure(configuration)).RunAsync(args, interruption.Token);

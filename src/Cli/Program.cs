using Mirion.Generation.Cli;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Infrastructure;
using Mirion.Generation.Infrastructure.Telemetry;

var output = CliOutput.OfProcess();
using var interruption = new Interruption(output.RestoreTerminal);
return await new CliApplication(output, (services, configuration) => services.AddInfrastructure(configuration).AddTelemetryExport(configuration, "mirion-generate")).RunAsync(args, interruption.Token);

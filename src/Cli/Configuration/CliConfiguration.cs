using Microsoft.Extensions.Configuration;

namespace Mirion.Generation.Cli.Configuration;

/// <summary>Where settings come from: the later source wins.</summary>
internal static class CliConfiguration
{
    private const string FileName = "appsettings.json";

    /// <summary>The settings beside the binary, then those of the current folder, of the environment and of the command line.</summary>
    /// <exception cref="InvalidDataException">A settings file is not JSON.</exception>
    public static IConfigurationRoot Build(string binaryFolder, string currentFolder, ConfigurationOverrides overrides) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(binaryFolder, FileName), optional: true)
        .AddJsonFile(Path.Combine(currentFolder, FileName), optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(overrides.Values)
        .Build();
}

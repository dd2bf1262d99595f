using System.Globalization;
using Mirion.Generation.Api.Identity;

namespace Mirion.Generation.Api.Hosting;

/// <summary>Where settings come from, each source winning over the ones before it.</summary>
internal static class HostConfiguration
{
    /// <summary>Where the API listens when nothing says otherwise.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private const string AppPort = "DATABRICKS_APP_PORT";

    // Every way in which the framework is told where to listen.
    private static readonly string[] ListeningKeys = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>
    /// A builder whose settings come from appsettings.json beside the binaries, appsettings.json in the folder the process was started in,
    /// environment variables and <paramref name="args"/>.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Configuration.AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
        // As a setting in a file it would win over ASPNETCORE_URLS.
        if (!ListeningKeys.Any(key => builder.Configuration.GetSection(key).Exists())) builder.WebHost.UseUrls(Address(builder.Configuration));
        return builder;
    }

    // Databricks Apps tell an app its port, and reach it from outside its container.
    private static string Address(ConfigurationManager configuration)
    {
        var authentication = new AuthenticationOptions { Mode = configuration[$"{AuthenticationOptions.SectionName}:{nameof(AuthenticationOptions.Mode)}"] ?? AuthenticationOptions.None };
        return authentication.IsDatabricksApps && ushort.TryParse(configuration[AppPort], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? string.Create(CultureInfo.InvariantCulture, $"http://0.0.0.0:{port}")
            : DefaultUrl;
    }
}

namespace Mirion.Generation.Api.Hosting;

/// <summary>Where settings come from, each source winning over the ones before it.</summary>
internal static class HostConfiguration
{
    /// <summary>Where the API listens when nothing says otherwise.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

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
        if (!ListeningKeys.Any(key => builder.Configuration.GetSection(key).Exists())) builder.WebHost.UseUrls(DefaultUrl);
        return builder;
    }
}

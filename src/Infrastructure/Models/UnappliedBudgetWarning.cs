using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>Says once, at start, that a budget was set which this version does not keep to: a budget ignored in silence is money.</summary>
internal sealed partial class UnappliedBudgetWarning(IOptions<FoundationModelOptions> options, ILogger<UnappliedBudgetWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { RequestsPerMinute: not null } or { TokensPerMinute: not null }) LogUnapplied();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "FoundationModel:RequestsPerMinute and FoundationModel:TokensPerMinute are not applied yet; only FoundationModel:MaxConcurrency limits the calls.")]
    private partial void LogUnapplied();
}

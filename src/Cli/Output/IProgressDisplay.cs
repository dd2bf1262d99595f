using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Cli.Output;

/// <summary>Shows a generation's progress while it works.</summary>
internal interface IProgressDisplay
{
    /// <summary>Does <paramref name="work"/>, showing what it reports.</summary>
    Task<T> ShowAsync<T>(Func<IProgress<GenerationProgress>, Task<T>> work);
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Local.Sources;

/// <summary>What is thrown when a source cannot go on being read.</summary>
internal static class SourceFailures
{
    /// <summary>The embedded workspace's own code for trouble with its files.</summary>
    public const string Code = "workspace_failed";

    /// <summary>A refusal that comes where only data was expected: the source is no longer what it was when it was checked.</summary>
    public static UpstreamException While(Error error, Exception? inner = null) => new(Code, error.Message, UpstreamFault.Failed, inner);

    /// <summary>The value, or the refusal as an exception.</summary>
    public static T OrThrow<T>(this Result<T> result)
        where T : notnull => result.TryGet(out var value, out var error) ? value : throw While(error);
}

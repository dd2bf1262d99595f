using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli;

/// <summary>What the process says of how it went; part of the public contract.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It finished, but the training sheet is <c>failed</c>.</summary>
    public const int SheetFailed = 1;

    /// <summary>Bad arguments, wrong settings or refused input: the same again would be refused again.</summary>
    public const int Refused = 2;

    /// <summary>Something outside failed: the same again may work.</summary>
    public const int UpstreamFailed = 3;

    /// <summary>Interrupted: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    public static int Of(Error error) => error.Kind is ErrorKind.Upstream ? UpstreamFailed : Refused;
}

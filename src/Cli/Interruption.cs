using System.Runtime.InteropServices;

namespace Mirion.Generation.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first one cancels, so that what is done is kept; the second one is left to the system, which ends the process
/// at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _beforeEnd;

    /// <summary>Listens from now on.</summary>
    /// <param name="beforeEnd">Done before a second signal ends the process.</param>
    public Interruption(Action beforeEnd)
    {
        _beforeEnd = beforeEnd;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !_cancellation.IsCancellationRequested;
        if (context.Cancel) _ = _cancellation.CancelAsync();
        else _beforeEnd();
    }
}

namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>Lets callers through one by one: those that were there before first, each kind in the order they came.</summary>
internal sealed class Turnstile
{
    private readonly Lock _lock = new();
    private readonly WaitingLine<Turn> _line = new();
    private bool _taken;

    /// <summary>Waits for the caller's turn, which ends when the answer is disposed.</summary>
    public ValueTask<Turn> EnterAsync(bool again, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<Turn>(cancellationToken);
        lock (_lock)
        {
            if (_taken) return _line.WaitAsync(again, cancellationToken);
            _taken = true;
            return new(new Turn(this));
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            // Not served: one that gave up just now.
            while (_line.HasAny())
            {
                if (_line.TryServe(new Turn(this))) return;
            }

            _taken = false;
        }
    }

    /// <summary>A caller's turn.</summary>
    internal readonly struct Turn(Turnstile turnstile) : IDisposable
    {
        public void Dispose() => turnstile.Leave();
    }
}

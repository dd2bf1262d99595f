using System.Runtime.CompilerServices;

namespace Mirion.Generation.Application.Generation.Progress;

/// <summary>
/// A value that changes, and any number who follow it. Each follower gets the newest value there is, at its own speed: one that is slow passes over values, and none
/// are kept for it.
/// </summary>
/// <typeparam name="T">What the value is.</typeparam>
internal class LatestValue<T>
    where T : class
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _change = NewChange();
    private T? _value;
    private bool _ended;

    /// <summary>Whether the value will not change any more.</summary>
    public bool HasEnded => Read().Ended;

    /// <summary>Sets the value; ignored once it has ended.</summary>
    public void Set(T value) => Change(() => _value = value);

    /// <summary>Says that the value will not change any more.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>The value there is, then each newer one, until it has ended.</summary>
    public async IAsyncEnumerable<T> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        T? told = null;
        while (true)
        {
            var (value, ended, change) = Read();
            if (value is not null && !ReferenceEquals(value, told)) yield return told = value;
            else if (ended) yield break;
            else await change.WaitAsync(cancellationToken);
        }
    }

    private (T? Value, bool Ended, Task Change) Read()
    {
        lock (_gate) return (_value, _ended, _change.Task);
    }

    private void Change(Action change)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            if (_ended) return;
            change();
            (told, _change) = (_change, NewChange());
        }

        told.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

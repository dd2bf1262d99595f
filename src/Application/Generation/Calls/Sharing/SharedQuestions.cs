using System.Globalization;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation.Calls.Sharing;

/// <summary>An item whose question is to be answered.</summary>
/// <param name="Open">The item.</param>
/// <param name="Asked">What is recorded of its question.</param>
internal sealed record Asker(OpenItem Open, GenerationMetadata Asked)
{
    /// <summary>The item's name.</summary>
    public string Item => Open.Item.Ref.Value;

    // Half of the fingerprint: enough for all the questions there will ever be.
    internal UInt128 Question { get; } = UInt128.Parse(Asked.PromptHash.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>What is known of an item's question when it comes up.</summary>
/// <param name="Leads">Whether the item is the first with it, and is to be asked about.</param>
/// <param name="Known">The answer that the same question got before. Without it, an item that does not lead is answered with the one that does.</param>
internal readonly record struct Joined(bool Leads, KnownAnswer? Known);

/// <summary>
/// Has equal questions of a run asked once: the first item with a question leads, those that come while it is asked are left with it, and those that come later find the
/// answer. What failed is shared by those that were left with it, and asked anew by those that come later.
/// </summary>
/// <param name="mostLeft">How many items are left with others at most; what comes beyond waits, so that a sheet of nothing but one question is not read into memory.</param>
internal sealed class SharedQuestions(int mostLeft)
{
    // Some 300,000 answers of the usual length.
    private const long MostAnswerBytes = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly AnswerBook _book = new(MostAnswerBytes);
    private readonly Dictionary<UInt128, Leader> _leaders = [];
    private int _left;

    /// <summary>Finds out what is to be done about an item.</summary>
    public async ValueTask<Joined> JoinAsync(Asker asker, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryJoin(asker, out var joined) is not { } over) return joined;
            await using var giveUp = cancellationToken.UnsafeRegister(static (over, ct) => ((TaskCompletionSource)over!).TrySetCanceled(ct), over);
            await over.Task;
        }
    }

    /// <summary>The leading item got its reply. Returns the items that were left with it.</summary>
    public IReadOnlyList<Asker> Settle(Asker leader, ModelReply? reply, QAPairId pair)
    {
        lock (_lock)
        {
            if (reply is { Answer: not null }) _book.Keep(leader.Question, new KnownAnswer(reply, pair, leader.Item));
            return Dismiss(leader);
        }
    }

    /// <summary>An answer that was no longer held was found elsewhere.</summary>
    public void Keep(Asker asker, KnownAnswer known)
    {
        lock (_lock) _book.Keep(asker.Question, known);
    }

    /// <summary>The leading item got none, because the run ends. So it does for the items that were left with it: they are as open as they were.</summary>
    public void Abandon(Asker leader)
    {
        lock (_lock) Dismiss(leader);
    }

    // What to wait for, when too many items are left already.
    private TaskCompletionSource? TryJoin(Asker asker, out Joined joined)
    {
        lock (_lock)
        {
            joined = default;
            if (_book.TryFind(asker.Question, out var known))
            {
                joined = new Joined(Leads: false, known);
                return null;
            }

            if (!_leaders.TryGetValue(asker.Question, out var leader))
            {
                _leaders.Add(asker.Question, new Leader());
                joined = new Joined(Leads: true, Known: null);
                return null;
            }

            if (_left == mostLeft) return leader.Wait();
            (leader.Left ??= []).Add(asker);
            _left++;
            return null;
        }
    }

    private List<Asker> Dismiss(Asker asker)
    {
        _leaders.Remove(asker.Question, out var leader);
        foreach (var over in leader!.Waiting ?? []) over.TrySetResult();
        if (leader.Left is null) return [];
        _left -= leader.Left.Count;
        return leader.Left;
    }

    private sealed class Leader
    {
        public List<Asker>? Left { get; set; }

        public List<TaskCompletionSource>? Waiting { get; private set; }

        public TaskCompletionSource Wait()
        {
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (Waiting ??= []).Add(over);
            return over;
        }
    }
}

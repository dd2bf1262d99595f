using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>
/// Who is at work on a generation. Each taking raises the epoch, and whoever took an earlier one may write nothing more: that keeps two runs apart. When the holder was seen
/// last only tells how soon another may take over from one that has died.
/// </summary>
/// <param name="Epoch">How often it was taken.</param>
/// <param name="Run">The run that holds it; null when nobody does.</param>
/// <param name="SeenAt">When the holder was seen last, or since when one is expected; null when it is anybody's.</param>
public sealed record RunLease(int Epoch = 0, Guid? Run = null, DateTimeOffset? SeenAt = null)
{
    /// <summary>One that nobody ever took.</summary>
    public static RunLease None { get; } = new();

    /// <summary>Whether nobody held it before the one that holds it now.</summary>
    public bool IsFirst => Epoch == 1;

    /// <summary>Whether a run holds it and was seen less than <paramref name="lease"/> ago.</summary>
    public bool IsLive(DateTimeOffset now, TimeSpan lease) => Run is not null && !IsOver(now, lease);

    /// <summary>Whether somebody held it, or was expected to, and was not seen for as long as <paramref name="lease"/>.</summary>
    public bool IsOver(DateTimeOffset now, TimeSpan lease) => SeenAt is { } seen && now - seen >= lease;

    /// <summary>This lease taken by a run.</summary>
    internal RunLease Taken(Guid run, DateTimeOffset at) => new(Epoch + 1, run, at.ToStored());

    /// <summary>This lease taken from whoever held it, for a run that is yet to come.</summary>
    internal RunLease Awaited(DateTimeOffset at) => new(Epoch + 1, Run: null, at.ToStored());

    /// <summary>This lease, its holder seen again.</summary>
    internal RunLease Seen(DateTimeOffset at) => this with { SeenAt = at.ToStored() };

    /// <summary>This lease given back.</summary>
    internal RunLease Released() => new(Epoch);
}

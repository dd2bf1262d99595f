using System.Buffers;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>Numbers tokens, upwards from <paramref name="first"/>.</summary>
internal sealed class Vocabulary(int first = 0)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The number that the next new token gets.</summary>
    public int Next => first + _numbers.Count;

    /// <summary>Adds the number of each token of <paramref name="text"/> to <paramref name="numbers"/>; a new token gets one from <paramref name="strangers"/>.</summary>
    public void Read(string text, List<int> numbers, Vocabulary strangers)
    {
        var lower = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var reader = new TokenReader(lower.AsSpan(0, text.AsSpan().ToLowerInvariant(lower)));
            while (reader.Read()) numbers.Add(Find(reader.Token) ?? strangers.FindOrAdd(reader.Token));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(lower);
        }
    }

    private int? Find(ReadOnlySpan<char> token) =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var number) ? number : null;

    private int FindOrAdd(ReadOnlySpan<char> token)
    {
        if (Find(token) is { } known) return known;
        var number = Next;
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>()[token] = number;
        return number;
    }
}

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>A document and how like the question it is.</summary>
internal readonly record struct Hit(int Document, float Score);

/// <summary>The best of the hits that are offered, at most <paramref name="most"/>; of equals the lower document is the better.</summary>
internal sealed class BestHits(int most)
{
    private readonly PriorityQueue<Hit, Hit> _worstFirst = new(Comparer<Hit>.Create(Compare));

    public int Count => _worstFirst.Count;

    /// <summary>The score to beat.</summary>
    public float Worst => _worstFirst.Peek().Score;

    public void Offer(Hit hit)
    {
        if (_worstFirst.Count < most) _worstFirst.Enqueue(hit, hit);
        else if (hit.Score >= Worst && Compare(hit, _worstFirst.Peek()) > 0) _worstFirst.DequeueEnqueue(hit, hit);
    }

    /// <summary>The hits, the best first.</summary>
    public Hit[] ToArray()
    {
        var hits = new Hit[_worstFirst.Count];
        for (var i = hits.Length - 1; i >= 0; i--) hits[i] = _worstFirst.Dequeue();
        return hits;
    }

    private static int Compare(Hit left, Hit right) =>
        left.Score.CompareTo(right.Score) is var byScore and not 0 ? byScore : right.Document.CompareTo(left.Document);
}

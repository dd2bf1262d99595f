namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>
/// For each token the documents that have it, in their order, with how often. A token that every document has tells none from another
/// and is left out: that is what the template's own words come to.
/// </summary>
internal sealed class Postings
{
    // How often a token occurs is kept in a byte and damped: the second time says less than the first.
    private static readonly float[] Dampings = [0, .. Enumerable.Range(1, byte.MaxValue).Select(count => 1 + MathF.Log(count))];

    private readonly int[] _starts;
    private readonly int[] _documents;
    private readonly byte[] _counts;
    private readonly float[] _rarity;
    private readonly float[] _inverseNorms;
    private readonly float[] _strongest;

    private Postings(int[] starts, int[] documents, byte[] counts, float[] rarity, float[] inverseNorms)
    {
        (_starts, _documents, _counts, _rarity, _inverseNorms) = (starts, documents, counts, rarity, inverseNorms);
        _strongest = new float[rarity.Length];
        for (var token = 0; token < rarity.Length; token++)
        {
            for (var i = starts[token]; i < starts[token + 1]; i++) _strongest[token] = Math.Max(_strongest[token], WeightAt(i, token));
        }
    }

    /// <summary>How many documents there are.</summary>
    public int DocumentCount => _inverseNorms.Length;

    /// <summary>Inverts <paramref name="documents"/>, each the sorted numbers of its tokens with repeats.</summary>
    public static Postings Of(List<int[]> documents, int tokens)
    {
        var frequencies = new int[tokens];
        foreach (var document in documents)
        {
            foreach (var (token, _) in new Runs(document)) frequencies[token]++;
        }

        var rarity = Array.ConvertAll(frequencies, frequency => Rarity(documents.Count, frequency));
        var starts = new int[tokens + 1];
        for (var token = 0; token < tokens; token++) starts[token + 1] = checked(starts[token] + (rarity[token] > 0 ? frequencies[token] : 0));
        return Fill(documents, starts, rarity);
    }

    /// <summary>How much it says that a document has <paramref name="token"/>; most for one that no document has.</summary>
    public float RarityOf(int token) => token < _rarity.Length ? _rarity[token] : Rarity(DocumentCount, 0);

    /// <summary>How many documents <paramref name="token"/> leads to.</summary>
    public int CountOf(int token) => token < _rarity.Length ? _starts[token + 1] - _starts[token] : 0;

    /// <summary>The most that <paramref name="token"/> weighs in any document.</summary>
    public float StrongestOf(int token) => token < _rarity.Length ? _strongest[token] : 0;

    /// <summary>What a token weighs that occurs <paramref name="count"/> times, before its rarity.</summary>
    public static float Damped(int count) => Dampings[Math.Min(count, byte.MaxValue)];

    /// <summary>Adds what <paramref name="token"/> contributes, times <paramref name="factor"/>, to the score of each document that has it.</summary>
    /// <returns>How many of <paramref name="touched"/> are used after documents that had no score yet are put in it, from <paramref name="used"/> on.</returns>
    public int AddAll(int token, float factor, float[] scores, int[] touched, int used)
    {
        var (start, count) = (_starts[token], CountOf(token));
        var documents = _documents.AsSpan(start, count);
        var counts = _counts.AsSpan(start, count);
        var rarity = factor * _rarity[token];
        for (var i = 0; i < documents.Length; i++)
        {
            var document = documents[i];
            ref var score = ref scores[document];
            if (score == 0) touched[used++] = document;
            score += rarity * Dampings[counts[i]] * _inverseNorms[document];
        }

        return used;
    }

    /// <summary>Adds what <paramref name="token"/> contributes to the score of one document, if it has the token.</summary>
    public void AddOne(int token, float factor, float[] scores, int document)
    {
        var i = Array.BinarySearch(_documents, _starts[token], CountOf(token), document);
        if (i >= 0) scores[document] += factor * _rarity[token] * Dampings[_counts[i]] * _inverseNorms[document];
    }

    private static Postings Fill(List<int[]> documents, int[] starts, float[] rarity)
    {
        var next = starts.AsSpan(0, rarity.Length).ToArray();
        var (numbers, counts, inverseNorms) = (new int[starts[^1]], new byte[starts[^1]], new float[documents.Count]);
        for (var document = 0; document < documents.Count; document++)
        {
            var squares = 0.0;
            foreach (var (token, count) in new Runs(documents[document]))
            {
                if (rarity[token] == 0) continue;
                var weight = Damped(count) * rarity[token];
                squares += weight * weight;
                (numbers[next[token]], counts[next[token]]) = (document, (byte)count);
                next[token]++;
            }

            inverseNorms[document] = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
            documents[document] = [];
        }

        return new Postings(starts, numbers, counts, rarity, inverseNorms);
    }

    private static float Rarity(int documents, int frequency) => MathF.Log((1f + documents) / (1f + frequency));

    private float WeightAt(int i, int token) => Damped(_counts[i]) * _rarity[token] * _inverseNorms[_documents[i]];

    /// <summary>The distinct tokens of a document, each with how often it occurs; as far as a byte goes.</summary>
    private ref struct Runs(int[] tokens)
    {
        private int _end;

        public (int Token, int Count) Current { get; private set; }

        public readonly Runs GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_end == tokens.Length) return false;
            var start = _end;
            while (_end < tokens.Length && tokens[_end] == tokens[start]) _end++;
            Current = (tokens[start], Math.Min(_end - start, byte.MaxValue));
            return true;
        }
    }
}

using System.Buffers;
using System.Numerics;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>A token of a question.</summary>
/// <param name="Token">Its number.</param>
/// <param name="Factor">What it weighs in the question.</param>
/// <param name="Bound">The most it can add to the score of a document.</param>
internal readonly record struct QueryTerm(int Token, float Factor, float Bound);

/// <summary>
/// Adds up scores term by term, the ones that can add most first. As soon as the terms that are left cannot lift a document without a score
/// among the best, no new ones are taken in, and of the long lists of common tokens only the places of those still in the running are read.
/// </summary>
internal static class SimilaritySearch
{
    /// <summary>What rounding can come to for each term of a sum that stays below 1, twice over: pruning must never change the result.</summary>
    private const float Rounding = 4f / (1 << 24);

    /// <summary>The <paramref name="k"/> best documents, the best first; <paramref name="terms"/> come with the highest bound first.</summary>
    public static Hit[] Run(Postings postings, QueryTerm[] terms, int k)
    {
        var count = postings.DocumentCount;
        var (scores, running) = (ArrayPool<float>.Shared.Rent(count), ArrayPool<int>.Shared.Rent(count));
        try
        {
            Array.Clear(scores, 0, count);
            var used = Score(postings, terms, k, scores, running);
            return Best(scores, running.AsSpan(0, used), k, count);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
            ArrayPool<int>.Shared.Return(running);
        }
    }

    private static int Score(Postings postings, QueryTerm[] terms, int k, float[] scores, int[] running)
    {
        var (used, closed, read) = (0, false, 0L);
        var left = BoundsFrom(terms);
        var slack = terms.Length * Rounding;
        for (var i = 0; i < terms.Length; i++)
        {
            var (token, factor, _) = terms[i];
            var postingCount = postings.CountOf(token);
            // Looking for the k-th best takes a step for each document in the running, so only after as many have been read, and only when
            // what was added up so far can outweigh what is left at all.
            if (used >= k && read >= used && left[i] < left[0] - left[i])
            {
                var threshold = KthBest(scores, running.AsSpan(0, used), k) - left[i] - slack;
                closed |= threshold > 0;
                if (closed) used = KeepAbove(threshold, scores, running.AsSpan(0, used));
                read = 0;
            }

            if (closed && (long)used * BitOperations.Log2((uint)postingCount) < postingCount)
            {
                AddEach(postings, terms[i], scores, running.AsSpan(0, used));
                read += used;
            }
            else
            {
                var reached = postings.AddAll(token, factor, scores, running, used);
                used = closed ? used : reached;
                read += postingCount;
            }
        }

        return used;
    }

    private static void AddEach(Postings postings, QueryTerm term, float[] scores, ReadOnlySpan<int> documents)
    {
        foreach (var document in documents) postings.AddOne(term.Token, term.Factor, scores, document);
    }

    private static float[] BoundsFrom(QueryTerm[] terms)
    {
        var bounds = new float[terms.Length];
        var sum = 0f;
        for (var i = terms.Length - 1; i >= 0; i--) bounds[i] = sum += terms[i].Bound;
        return bounds;
    }

    private static float KthBest(float[] scores, ReadOnlySpan<int> documents, int k)
    {
        var best = new BestHits(k);
        foreach (var document in documents) best.Offer(new Hit(document, scores[document]));
        return best.Worst;
    }

    private static int KeepAbove(float threshold, float[] scores, Span<int> documents)
    {
        var kept = 0;
        foreach (var document in documents)
        {
            if (scores[document] >= threshold) documents[kept++] = document;
        }

        return kept;
    }

    private static Hit[] Best(float[] scores, ReadOnlySpan<int> running, int k, int count)
    {
        var best = new BestHits(k);
        // Rounding can carry a perfect match a little past 1; those are equals, and stand by item_ref like any others.
        foreach (var document in running) best.Offer(new Hit(document, Math.Min(1, scores[document])));
        for (var document = 0; document < count && best.Count < k; document++)
        {
            if (scores[document] == 0) best.Offer(new Hit(document, 0));
        }

        return best.ToArray();
    }
}

using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>
/// Finds the labelled items whose questions are most like another: cosine similarity of TF-IDF vectors, exact, the same every time, for
/// any number of readers at once.
/// </summary>
internal sealed class FewShotIndex
{
    private readonly FewShotDocument[] _documents;
    private readonly TextStore _texts;
    private readonly Vocabulary _vocabulary;
    private readonly Postings _postings;

    internal FewShotIndex(FewShotDocument[] documents, TextStore texts, Vocabulary vocabulary, Postings postings) =>
        (_documents, _texts, _vocabulary, _postings) = (documents, texts, vocabulary, postings);

    /// <summary>How many labelled items there are.</summary>
    public int Count => _documents.Length;

    /// <summary>
    /// The <paramref name="k"/> labelled items most like <paramref name="question"/>, or all when there are fewer: most similar first, equals
    /// by item_ref. Items that have nothing in common with it come in when nothing better is left.
    /// </summary>
    public IReadOnlyList<PromptExample> MostSimilar(string question, int k)
    {
        if (k <= 0 || Count == 0) return [];
        var hits = SimilaritySearch.Run(_postings, Terms(question), Math.Min(k, Count));
        return Array.ConvertAll(hits, hit => _documents[hit.Document].ToExample(_texts, hit.Score));
    }

    private QueryTerm[] Terms(string question)
    {
        var tokens = new List<int>();
        _vocabulary.Read(question, tokens, strangers: new Vocabulary(_vocabulary.Next));
        var weights = tokens.CountBy(token => token).Select(token => (Token: token.Key, Weight: Postings.Damped(token.Value) * _postings.RarityOf(token.Key))).ToArray();
        var norm = (float)Math.Sqrt(weights.Sum(term => (double)term.Weight * term.Weight));
        // What no document has, or every document, finds nothing; the former still tells how little of the question is found.
        var terms = weights.Where(term => _postings.CountOf(term.Token) > 0)
            .Select(term => new QueryTerm(term.Token, term.Weight / norm, term.Weight / norm * _postings.StrongestOf(term.Token))).ToArray();
        Array.Sort(terms, static (left, right) => (right.Bound, left.Token).CompareTo((left.Bound, right.Token)));
        return terms;
    }
}

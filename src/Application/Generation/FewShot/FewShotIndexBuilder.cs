using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>Takes the labelled items in any order, once, and makes the index of them.</summary>
internal sealed class FewShotIndexBuilder
{
    private readonly Vocabulary _vocabulary = new();
    private readonly TextStore _texts = new();
    private readonly List<Draft> _drafts = [];
    private readonly List<int> _tokens = [];

    /// <summary>Adds a labelled item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="question">Its rendered question.</param>
    /// <param name="answer">Its label as an answer.</param>
    public void Add(ItemRef item, MessageContent question, string answer)
    {
        _tokens.Clear();
        _vocabulary.Read(question.Text, _tokens, strangers: _vocabulary);
        var tokens = _tokens.ToArray();
        Array.Sort(tokens);
        _drafts.Add(new Draft(new FewShotDocument(item, _texts.Add(question.Text), question.ImageUrls, _texts.Add(answer)), tokens));
    }

    /// <summary>Makes the index and leaves the builder without what it was given.</summary>
    public FewShotIndex Build()
    {
        // Document numbers follow the order of item_ref, so the lower number is the tie-break.
        _drafts.Sort(static (left, right) => left.Document.Item.CompareTo(right.Document.Item));
        var documents = _drafts.ConvertAll(draft => draft.Document).ToArray();
        var postings = Postings.Of(_drafts.ConvertAll(draft => draft.Tokens), _vocabulary.Next);
        _drafts.Clear();
        return new FewShotIndex(documents, _texts, _vocabulary, postings);
    }

    private readonly record struct Draft(FewShotDocument Document, int[] Tokens);
}

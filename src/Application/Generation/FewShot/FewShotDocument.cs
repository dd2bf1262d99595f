using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>A labelled item as the index keeps it.</summary>
internal readonly record struct FewShotDocument(ItemRef Item, StoredText Question, IReadOnlyList<string> ImageUrls, StoredText Answer)
{
    public PromptExample ToExample(TextStore texts, double similarity) =>
        new(MessageContent.Of(texts.Read(Question), ImageUrls), texts.Read(Answer), Item.Value, similarity);
}

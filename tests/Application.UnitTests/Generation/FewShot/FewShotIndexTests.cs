using Mirion.Generation.Application.Generation.FewShot;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.UnitTests.Generation.FewShot;

[TestFixture]
public sealed class FewShotIndexTests
{
    [Test]
    public void MostSimilar_WhenItemsDiffer_PutsTheMostSimilarFirst()
    {
        var index = Index(("a", "red board with a long scratch"), ("b", "green board with solder bridge"), ("c", "green board with a short scratch"));

        Assert.That(Items(index.MostSimilar("green board with a long scratch", 3)), Is.EqualTo(new[] { "a", "c", "b" }));
    }

    [Test]
    public void MostSimilar_WhenItemsShareATemplate_LooksAtWhatDiffersOnly()
    {
        const string Template = "You inspect printed circuit boards. Name the one defect you see on this board, in one word, for the line: ";
        var index = Index(("a", Template + "alpha"), ("b", Template + "beta"), ("c", Template + "gamma beta"));

        var found = index.MostSimilar(Template + "beta", 3);

        Assert.That(Items(found), Is.EqualTo(new[] { "b", "c", "a" }));
        Assert.That(found[0].Similarity, Is.EqualTo(1).Within(1e-6));
        Assert.That(found[2].Similarity, Is.Zero, "the template alone is no likeness");
    }

    [Test]
    public void MostSimilar_WhenMostOfTheQuestionIsUnknown_IsLittleAlike()
    {
        var index = Index(("a", "scratch left"), ("b", "bridge right"));

        Assert.That(index.MostSimilar("scratch and many words never seen before", 1).Single().Similarity, Is.InRange(0.01, 0.5));
    }

    [Test]
    public void MostSimilar_WhenItemsAreEquallySimilar_OrdersThemByCodePoint()
    {
        // U+FF5A sorts before U+1F600 by code point and after its surrogates by UTF-16 unit.
        var index = Index(("\U0001F600", "scratch"), ("b", "scratch"), ("ｚ", "scratch"), ("B", "scratch"), ("x", "bridge"));

        Assert.That(Items(index.MostSimilar("scratch", 4)), Is.EqualTo(new[] { "B", "b", "ｚ", "\U0001F600" }));
    }

    [Test]
    public void MostSimilar_WhenFewerItemsAreAlikeThanAsked_FillsUpInItemOrder()
    {
        var index = Index(("d", "bridge"), ("c", "scratch"), ("b", "open"), ("a", "short"));

        Assert.That(Items(index.MostSimilar("scratch", 3)), Is.EqualTo(new[] { "c", "a", "b" }));
    }

    [TestCase("")]
    [TestCase("same words")]
    [TestCase("other words")]
    public void MostSimilar_WhenAllItemsAreTheSame_TakesThemInItemOrder(string question)
    {
        var index = Index(("c", "same words"), ("a", "same words"), ("b", "same words"));

        Assert.That(Items(index.MostSimilar(question, 2)), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void MostSimilar_WhenPromptsAreImagesOnly_TakesItemsInOrderWithTheirImages()
    {
        var builder = new FewShotIndexBuilder();
        builder.Add(new ItemRef("b.png"), MessageContent.Of("", "/Volumes/c/s/v/b.png"), "bridge");
        builder.Add(new ItemRef("a.png"), MessageContent.Of("", "/Volumes/c/s/v/a.png"), "scratch");

        var found = builder.Build().MostSimilar("", 1).Single();

        Assert.That(found, Is.EqualTo(new PromptExample(MessageContent.Of("", "/Volumes/c/s/v/a.png"), "scratch", "a.png")));
    }

    [Test]
    public void MostSimilar_OfAnItem_GivesQuestionAndAnswerBackUnchanged()
    {
        var question = MessageContent.Of("Größe 漢字 😀 \n 0.5", "/Volumes/c/s/v/1.png", "/Volumes/c/s/v/2.png");
        var builder = new FewShotIndexBuilder();
        builder.Add(new ItemRef("1"), question, "{\"größe\":\"😀\"}");

        var found = builder.Build().MostSimilar("", 1).Single();

        Assert.That((found.Question, found.Answer, found.Item), Is.EqualTo((question, "{\"größe\":\"😀\"}", "1")));
    }

    [Test]
    public void MostSimilar_WhenTextsAreLongerThanABlock_GivesThemBack()
    {
        var texts = Enumerable.Range(0, 5).Select(number => string.Concat(Enumerable.Repeat($"word{number} ", 40_000))).ToList();
        var index = Index([.. texts.Select((text, number) => (number.ToString(), text))]);

        Assert.That(texts.Select(text => index.MostSimilar(text, 1).Single().Question.Text), Is.EqualTo(texts));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void MostSimilar_WhenNoneIsAskedFor_FindsNone(int k) =>
        Assert.That(Index(("a", "scratch")).MostSimilar("scratch", k), Is.Empty);

    [Test]
    public void MostSimilar_WhenMoreAreAskedForThanThereAre_FindsAll() =>
        Assert.That(Items(Index(("a", "scratch"), ("b", "bridge")).MostSimilar("bridge", int.MaxValue)), Is.EqualTo(new[] { "b", "a" }));

    [Test]
    public void MostSimilar_WhenNothingIsLabelled_FindsNone()
    {
        var index = Index();

        Assert.That(index.Count, Is.Zero);
        Assert.That(index.MostSimilar("scratch", 3), Is.Empty);
    }

    [Test]
    public void MostSimilar_WhenManyAsk_TellsAllTheSame()
    {
        var index = Index([.. Enumerable.Range(0, 500).Select(number => ($"{number:000}", $"board {number % 7} line {number % 11} part {number % 13}"))]);
        string[] questions = [.. Enumerable.Range(0, 200).Select(number => $"board {number % 5} line {number % 3} part {number % 17}")];
        var alone = questions.Select(question => Items(index.MostSimilar(question, 10))).ToList();

        var together = questions.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(question => Items(index.MostSimilar(question, 10))).ToList();

        Assert.That(together, Is.EqualTo(alone));
    }

    private static FewShotIndex Index(params (string Item, string Question)[] labelled)
    {
        var builder = new FewShotIndexBuilder();
        foreach (var (item, question) in labelled) builder.Add(new ItemRef(item), MessageContent.Of(question), $"answer of {item}");
        return builder.Build();
    }

    private static string[] Items(IEnumerable<PromptExample> examples) => [.. examples.Select(example => example.Item!)];
}

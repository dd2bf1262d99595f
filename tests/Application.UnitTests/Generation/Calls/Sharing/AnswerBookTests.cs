using Mirion.Generation.Application.Generation.Calls.Sharing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Sharing;

[TestFixture]
public sealed class AnswerBookTests
{
    private static readonly ModelSettings Settings = new("fake", 0, 100);

    [Test]
    public void TryFind_AmongMany_FindsEachAnswerWithWhatBelongsToIt()
    {
        const int Answers = 20_000;
        var book = new AnswerBook(mostAnswerBytes: long.MaxValue);
        for (var i = 0; i < Answers; i++) book.Keep(Question(i), Answer(i));

        for (var i = 0; i < Answers; i++)
        {
            Assert.That(book.TryFind(Question(i), out var known), Is.True);
            Assert.That(known, Is.EqualTo(Answer(i)));
        }

        Assert.That(book.TryFind(Question(Answers), out _), Is.False);
    }

    [Test]
    public void TryFind_WhenAnswersTakeTooMuchRoom_KnowsOfTheOldestTheirPairs()
    {
        const int Answers = 100;
        var text = new string('x', 10_000);
        var book = new AnswerBook(mostAnswerBytes: 600_000);
        for (var i = 0; i < Answers; i++) book.Keep(Question(i), Answer(i, text));

        var known = Enumerable.Range(0, Answers).Select(i => book.TryFind(Question(i), out var found) ? found : default).ToList();

        Assert.That(known.Select(answer => answer.Pair), Is.EqualTo(Enumerable.Range(0, Answers).Select(i => Answer(i).Pair)));
        Assert.That(known.Count(answer => answer.Reply is not null), Is.InRange(25, 60));
        Assert.That((known[0].Reply, known[0].Item, known[^1]), Is.EqualTo(((ModelReply?)null, (string?)null, Answer(Answers - 1, text))));

        book.Keep(Question(0), Answer(0, text));
        Assert.That(book.TryFind(Question(0), out var again) && again == Answer(0, text), Is.True, "what is needed again is held again");
    }

    [Test]
    public void TryFind_WhenAnAnswerIsLargerThanAllThereIsRoomFor_HoldsItAlone()
    {
        var text = new string('x', 1_000_000);
        var book = new AnswerBook(mostAnswerBytes: 600_000);
        book.Keep(Question(1), Answer(1));
        book.Keep(Question(2), Answer(2, text));
        book.Keep(Question(3), Answer(3));

        Assert.That(book.TryFind(Question(2), out var large), Is.True);
        Assert.That(large.Reply, Is.Null);
        Assert.That(book.TryFind(Question(3), out var known) && known == Answer(3), Is.True);
    }

    [Test]
    public void Keep_WhenAModelMakesUpFinishReasons_StopsRememberingThem()
    {
        var book = new AnswerBook(mostAnswerBytes: long.MaxValue);
        for (var i = 0; i < 1000; i++)
        {
            var answer = Answer(i);
            book.Keep(Question(i), answer with { Reply = answer.Reply! with { FinishReason = $"reason {i}" } });
        }

        Assert.That(Enumerable.Range(0, 1000).Count(i => book.TryFind(Question(i), out _)), Is.EqualTo(255));
        Assert.That(book.TryFind(Question(7), out var known) ? known.Reply!.FinishReason : null, Is.EqualTo("reason 7"));
    }

    // Each two want the same place.
    private static UInt128 Question(int i) => new((ulong)i, (ulong)(i / 2) * 0x9E37_79B9_7F4A_7C15);

    private static KnownAnswer Answer(int i, string? text = null) => new(
        new ModelReply { Model = "fake", Answer = text ?? $"naïve 漢字 😀 {i}", Sent = i % 2 == 0 ? Settings : null, FinishReason = i % 3 == 0 ? null : "stop" },
        new QAPairId(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])),
        $"größe-{i}");
}

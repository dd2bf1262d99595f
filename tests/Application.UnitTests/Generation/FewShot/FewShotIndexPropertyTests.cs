using CsCheck;
using Mirion.Generation.Application.Generation.FewShot;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.UnitTests.Generation.FewShot;

/// <summary>The index prunes; a plain computation over every document does not. They must agree.</summary>
[TestFixture]
public sealed class FewShotIndexPropertyTests
{
    // Few words, some of them in nearly every document, so that there are long lists, ties and pruning.
    private static readonly Gen<string> Word = Gen.Frequency(
        (6, Gen.Int[0, 2].Select(number => $"common{number}")),
        (3, Gen.Int[0, 20].Select(number => $"usual{number}")),
        (1, Gen.Int[0, 500].Select(number => $"rare{number}")));

    private static readonly Gen<string[]> Text = Word.Array[0, 12];

    [Test]
    public void MostSimilar_OfAnySheet_IsWhatThePlainComputationFinds() =>
        Gen.Select(Text.Array[1, 300], Text, Gen.Int[1, 12]).Sample(
            (documents, question, k) =>
            {
                var found = Build(documents).MostSimilar(string.Join(' ', question), k);

                var expected = Similarities(documents, question);
                var best = expected.OrderByDescending(similarity => similarity).Take(k).ToList();
                Assert.That(found.Select(example => example.Similarity), Is.EqualTo(best).Within(1e-5));
                Assert.That(found.Select(example => example.Similarity), Is.EqualTo(found.Select(example => expected[int.Parse(example.Item!)])).Within(1e-5));
                Assert.That(found.Select(example => example.Item), Is.Unique);
                foreach (var (first, second) in found.Zip(found.Skip(1)))
                    Assert.That(first.Similarity > second.Similarity || string.CompareOrdinal(first.Item, second.Item) < 0, "equals stand by item_ref");
            },
            iter: 300);

    private static FewShotIndex Build(string[][] documents)
    {
        var builder = new FewShotIndexBuilder();
        for (var number = documents.Length - 1; number >= 0; number--)
            builder.Add(new ItemRef($"{number:000}"), MessageContent.Of(string.Join(' ', documents[number])), "answer");
        return builder.Build();
    }

    private static double[] Similarities(string[][] documents, string[] question)
    {
        var frequencies = documents.SelectMany(document => document.Distinct()).CountBy(word => word).ToDictionary();
        var asked = Vector(question);
        return [.. documents.Select(document => Cosine(Vector(document), asked))];

        Dictionary<string, double> Vector(string[] words) => words.CountBy(word => word).ToDictionary(
            word => word.Key,
            word => (1 + Math.Log(word.Value)) * Math.Log((1.0 + documents.Length) / (1 + frequencies.GetValueOrDefault(word.Key))));
    }

    private static double Cosine(Dictionary<string, double> left, Dictionary<string, double> right)
    {
        var product = left.Sum(word => word.Value * right.GetValueOrDefault(word.Key));
        return product == 0 ? 0 : product / (Norm(left) * Norm(right));
    }

    private static double Norm(Dictionary<string, double> vector) => Math.Sqrt(vector.Values.Sum(weight => weight * weight));
}

using System.Text;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Sql;

public sealed class TextBatchesTests
{
    [TestCase("plain")]
    [TestCase("\"quoted\" \\ é😀")]
    [TestCase("\t\n\u0001\u001f")]
    public void Of_WhateverTheTexts_KeepsEachListSmallAndLeavesNoneOut(string text)
    {
        var texts = Enumerable.Range(0, 100).Select(i => $"{text} {i}").ToArray();

        var batches = TextBatches.Of(texts, mostBytes: 200).ToArray();

        Assert.That(batches.SelectMany(batch => batch), Is.EqualTo(texts));
        Assert.That(batches.Select(batch => Encoding.UTF8.GetByteCount(DomainJson.Write(batch))), Is.All.LessThanOrEqualTo(202));
        Assert.That(batches, Has.Length.GreaterThan(5).And.Length.LessThan(70));
    }

    [Test]
    public void Of_WhenATextIsTooLarge_GivesItAListOfItsOwn() =>
        Assert.That(TextBatches.Of(["a", new string('b', 300), "c"], mostBytes: 200).Select(batch => batch.Count), Is.EqualTo([1, 1, 1]));
}

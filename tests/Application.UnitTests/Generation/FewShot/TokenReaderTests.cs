using Mirion.Generation.Application.Generation.FewShot;

namespace Mirion.Generation.Application.UnitTests.Generation.FewShot;

[TestFixture]
public sealed class TokenReaderTests
{
    [TestCase("", "")]
    [TestCase(" .,;-\n", "")]
    [TestCase("the solder bridge", "the|solder|bridge")]
    [TestCase("U12: open, C-7", "u12|open|c|7")]
    [TestCase("0.42 mm at 3. Then .5", "0.42|mm|at|3|then|5")]
    [TestCase("[5,6.5,7]", "5|6.5|7")]
    [TestCase("v1.2.3.", "v1.2.3")]
    [TestCase("Lötstelle ÄÖÜ", "lötstelle|äöü")]
    [TestCase("e\u0301te\u0301", "e\u0301te\u0301", Description = "a mark belongs to its letter")]
    [TestCase("हिन्दी भाषा", "हिन्दी|भाषा")]
    [TestCase("焊点ok虚焊", "焊|点|ok|虚|焊")]
    [TestCase("𝒜b 😀 c", "𝒜b|c")]
    [TestCase("a\ud800b", "a|b", Description = "half a surrogate pair is no letter")]
    public void Read_OfAText_FindsItsWordsAndNumbers(string text, string tokens)
    {
        var found = new List<string>();
        var reader = new TokenReader(text.ToLowerInvariant());
        while (reader.Read()) found.Add(reader.Token.ToString());

        Assert.That(string.Join('|', found), Is.EqualTo(tokens));
    }
}

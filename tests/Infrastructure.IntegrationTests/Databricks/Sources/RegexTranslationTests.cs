using System.Text.RegularExpressions;
using Mirion.Generation.Infrastructure.Databricks.Sources.Filters;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>What the fake workspace cannot show, as its regular expressions are RE2's and not Java's.</summary>
[TestFixture]
public sealed class RegexTranslationTests
{
    [TestCase("abc", "abc")]
    [TestCase("^a|b*c+d?e{2,3}", "^a|b*c+d?e{2,3}")]
    [TestCase("a+?b*?", "a+?b*?")]
    [TestCase("a$", @"a\z")]
    [TestCase("a.b", @"a[^\n]b")]
    [TestCase(@"\d\w\s", @"[0-9][0-9A-Za-z_][\t\n\f\r ]")]
    [TestCase(@"\D\W\S", @"[^0-9][^0-9A-Za-z_][^\t\n\f\r ]")]
    [TestCase(@"[\d\s.$-]", @"[0-9\t\n\f\r .$-]")]
    [TestCase("[a&&b[]", @"[a\&\&b\[]")]
    [TestCase("(?:a)(b)", "(?:a)(b)")]
    [TestCase(@"\.\$\\", @"\.\$\\")]
    [TestCase("é漢😀", "é漢😀")]
    public void Of_WhenBothCanSayIt_SpellsItForJava(string regex, string expected)
    {
        Assert.That(RegexTranslation.Of(regex), Is.EqualTo(expected));
        Assert.That(() => new Regex(expected, RegexOptions.CultureInvariant), Throws.Nothing);
    }

    // Java reads "$" before a last line feed too, as .NET does; RE2 does not.
    [TestCase("a$", "a\n", false)]
    [TestCase("a$", "a", true)]
    [TestCase("^a.b", "a\rb", true)]
    [TestCase("^a.b", "a\nb", false)]
    [TestCase(@"a\sb", "a\u000Bb", false)]
    [TestCase(@"^\d$", "٣", false)]
    [TestCase(@"^\w$", "é", false)]
    public void Of_WhereTheTwoDiffer_MatchesAsRE2Does(string regex, string text, bool expected) =>
        Assert.That(Regex.IsMatch(text, RegexTranslation.Of(regex)!), Is.EqualTo(expected));

    [TestCase("(?i)a")]
    [TestCase("(?<name>a)")]
    [TestCase("(?=a)")]
    [TestCase(@"\ba")]
    [TestCase(@"a\1")]
    [TestCase(@"\pL")]
    [TestCase(@"\Qa\E")]
    [TestCase(@"\x41")]
    [TestCase("[[:alpha:]]")]
    [TestCase("[a")]
    [TestCase("[]a]")]
    [TestCase(@"[\D]")]
    [TestCase("a++")]
    [TestCase("a*+")]
    [TestCase("a{2}+")]
    [TestCase("a{")]
    [TestCase("a{,3}")]
    [TestCase("a]")]
    [TestCase(@"a\")]
    public void Of_WhenOnlyOneCanSayIt_OrTheyMayDiffer_IsNone(string regex) => Assert.That(RegexTranslation.Of(regex), Is.Null);

    [TestCase("(a)(?:b)([(])", 2)]
    [TestCase(@"\(a\)", 0)]
    public void Groups_WhateverTheExpression_CountsThoseThatCapture(string java, int expected) => Assert.That(RegexTranslation.Groups(java), Is.EqualTo(expected));
}

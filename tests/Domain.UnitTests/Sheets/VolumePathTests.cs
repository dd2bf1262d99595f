using CsCheck;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Domain.UnitTests.Sheets;

public sealed class VolumePathTests
{
    private static readonly string[] NoVolume =
    [
        "", "/", "/Volumes", "/Volumes/", "/Volumes/a", "/Volumes/a/b", "/Volumes//a/b", "/Volumes/a//b", "/volumes/a/b/c", "Volumes/a/b/c",
        "//Volumes/a/b/c", " /Volumes/a/b/c", "/etc/passwd", "/Volumes/../../etc/passwd", "/Volumes/a/../c", "/Volumes/a/./c", "/Volumes/a/b/..",
        @"/Volumes/a\b/c/d", "/Volumes/a b/c/d", "/Volumes/a/b/c\0", "/Volumes/a/b/'c'", "a.b", "a.b.c.d", "a..c", "a.b.c/d", "file:///Volumes/a/b/c",
        "dbfs:/Volumes/a/b/c", "/Volumes/a/b/" + new string('c', 256),
    ];

    private static readonly string[] LeadsOut =
    [
        "..", "../x", "x/..", "x/../y", "x/../../y", ".", "./x", "x/./y", "x//y", @"..\x", @"x\y", "x\0y", "x\ny", "x/\u007F", "x/..//",
    ];

    [TestCase("/Volumes/demo/manufacturing/pcb_images", "")]
    [TestCase("/Volumes/demo/manufacturing/pcb_images/", "")]
    [TestCase("demo.manufacturing.pcb_images", "")]
    [TestCase("/Volumes/demo/manufacturing/pcb_images/line 1/GW1-0058.png", "line 1/GW1-0058.png")]
    [TestCase("/Volumes/demo/manufacturing/pcb_images/a/b/", "a/b")]
    [TestCase("/Volumes/demo/manufacturing/pcb_images/...", "...")]
    [TestCase("/Volumes/demo/manufacturing/pcb_images/%2e%2e/x", "%2e%2e/x", Description = "Nothing decodes it.")]
    public void Parse_WhenItIsInAVolume_ReadsItsParts(string text, string relative)
    {
        var path = VolumePath.Parse(text).Value;

        Assert.That((path.Catalog, path.Schema, path.Volume, path.Relative), Is.EqualTo(("demo", "manufacturing", "pcb_images", relative)));
    }

    [TestCaseSource(nameof(NoVolume))]
    public void Parse_WhenItIsNoVolume_IsRefused(string text) => Assert.That(VolumePath.Parse(text).Error?.Fields.Keys, Is.EqualTo(new[] { "source_volume" }));

    [TestCaseSource(nameof(LeadsOut))]
    public void Parse_WhenItCouldLeadOutOfItsVolume_IsRefused(string relative) =>
        Assert.That(VolumePath.Parse("/Volumes/a/b/c/" + relative).Error?.Fields.Keys, Is.EqualTo(new[] { "source_volume" }));

    [Test]
    public void Parse_WhenVeryLong_DoesNotRepeatItInTheMessage() => Assert.That(VolumePath.Parse(new string('x', 10_000)).Error!.Message, Has.Length.LessThan(100));

    [TestCase("x", "/Volumes/a/b/c/x")]
    [TestCase("x/y", "/Volumes/a/b/c/x/y")]
    [TestCase("/x/", "/Volumes/a/b/c/x")]
    [TestCase("", "/Volumes/a/b/c")]
    [TestCase("/", "/Volumes/a/b/c")]
    [TestCase("/Volumes/z", "/Volumes/a/b/c/Volumes/z", Description = "Below this one, whatever it looks like.")]
    public void Append_WhenBelowTheVolume_IsThePathOfBoth(string relative, string expected) =>
        Assert.That(VolumePath.Parse("/Volumes/a/b/c").Value.Append(relative).Value.ToString(), Is.EqualTo(expected));

    [TestCaseSource(nameof(LeadsOut))]
    public void Append_WhenItCouldLeadOut_IsRefused(string relative) =>
        Assert.That(VolumePath.Parse("/Volumes/a/b/c/d").Value.Append(relative).Error?.Fields.Keys, Is.EqualTo(new[] { "source_path" }));

    [Test]
    public void Append_WhenToADirectory_StaysBelowIt() =>
        Assert.That(VolumePath.Parse("/Volumes/a/b/c/d").Value.Append("e").Value.ToString(), Is.EqualTo("/Volumes/a/b/c/d/e"));

    [Test]
    public void Parse_WhenItAccepts_IsNormalAndReadsItselfBack() =>
        Gen.OneOf("a", "..", ".", "/", "//", "\\", " ", "\0", "b.c", "%2f").Array[0, 6].Select(parts => "/Volumes/a/b/c/" + string.Concat(parts)).Sample(text =>
        {
            if (!VolumePath.Parse(text).TryGet(out var path, out _)) return;

            Assert.That(path.ToString(), Does.StartWith("/Volumes/a/b/c").And.Not.Contains("\\").And.Not.Contains("\0").And.Not.EndsWith("/"));
            Assert.That(path.ToString()[1..].Split('/'), Has.None.EqualTo("..").And.None.EqualTo(".").And.None.Empty);
            Assert.That(VolumePath.Parse(path.ToString()).Value, Is.EqualTo(path));
        });
}

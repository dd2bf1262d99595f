using System.Text.Json;
using CsCheck;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class CompactJsonTests
{
    [TestCase("""{ "a" : [ 1 , 2 ] , "b" : null }""", """{"a":[1,2],"b":null}""")]
    [TestCase("""{"unit":"\u00b5m","board":"\ud83d\udd0c","<b>":"O'Brien & Söhne + 日本"}""", """{"unit":"µm","board":"🔌","<b>":"O'Brien & Söhne + 日本"}""")]
    [TestCase("""[1.50, 12345678901234567890.000, 1E+2, -0]""", """[1.50,12345678901234567890.000,1E+2,-0]""")]
    [TestCase("""["\u0022\u005c\n\r\t\b\f\u0001\/"]""", """["\"\\\n\r\t\b\f\u0001/"]""")]
    public void Write_WhenGivenJson_LeavesCharactersAndDigitsAsTheyAre(string json, string expected) => Assert.That(Write(json), Is.EqualTo(expected));

    [Test]
    public void Write_WhenGivenAnyText_CanBeReadBackAndEscapesNothingButWhatJsonForbids() => Gen.String.Sample(text =>
    {
        var whole = new string([.. text.Where(c => !char.IsSurrogate(c))]) + "🛠";

        var written = Write(JsonSerializer.Serialize(whole));

        Assert.That(JsonSerializer.Deserialize<string>(written), Is.EqualTo(whole));
        Assert.That(written, Has.Length.EqualTo(2 + whole.Sum(LengthInJson)));
    });

    private static int LengthInJson(char c) => c switch
    {
        '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
        < ' ' => 6,
        _ => 1,
    };

    private static string Write(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CompactJson.Write(document.RootElement);
    }
}

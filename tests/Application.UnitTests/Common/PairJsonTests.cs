using System.Reflection;
using System.Text;
using CsCheck;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.UnitTests.Common;

/// <summary>What is written by hand for the sake of speed is what <see cref="DomainJson"/> writes.</summary>
[TestFixture]
public sealed class PairJsonTests
{
    private static readonly Gen<string> GenText = Gen.OneOf(
        Gen.String["ab \"\\/\n\r\t\b\f\u0000\u001f\u007f\u0085\u2028ü€<&'+"], Gen.String, Gen.Const("😀 \ud83d cut"), Gen.Const("\udd0c"), Gen.Const(string.Empty));

    private static readonly Gen<MessageContent> GenContent = Gen.Select(GenText, GenText.Array[0, 3], (text, urls) => MessageContent.Of(text, urls));

    [Test]
    public void Write_WhenGivenAnyConversation_WritesWhatTheSerializerDoes() =>
        Gen.Select(GenText.Null(), GenContent, GenText.Null(), (system, user, assistant) => new Conversation(system, user, assistant)).Sample(
            conversation => Written(json => PairJson.Write(json, conversation)) == DomainJson.Write(conversation.Messages), iter: 2_000);

    [Test]
    public void Write_WhenGivenAnyMetadata_WritesWhatTheSerializerDoes() =>
        Gen.Select(GenText, Gen.Double, Gen.Int, Gen.Long, GenText.Array[0, 3], (text, number, integer, large, refs) => Filled(text, number, integer, large, refs)).Sample(
            metadata => Written(json => PairJson.Write(json, metadata)) == DomainJson.Write(metadata), iter: 2_000);

    [Test]
    public void Write_WhenMetadataSaysAsLittleAsItCan_WritesWhatTheSerializerDoes()
    {
        var metadata = new GenerationMetadata { TemplateVersion = 1 };
        Assert.That(Written(json => PairJson.Write(json, metadata)), Is.EqualTo(DomainJson.Write(metadata)));
    }

    [Test]
    public void Written_WhenCleared_HoldsTheNextTextAlone()
    {
        var json = new CompactJsonWriter();
        json.Text(new string('x', 10_000));
        json.Clear();
        json.Text("y");
        Assert.That(Encoding.UTF8.GetString(json.Written), Is.EqualTo("\"y\""));
    }

    // Every property there is, so that one that is added and not written fails here.
    private static GenerationMetadata Filled(string text, double number, int integer, long large, string[] refs)
    {
        var metadata = new GenerationMetadata { TemplateVersion = integer };
        foreach (var property in typeof(GenerationMetadata).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object value = type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(double) => double.IsFinite(number) ? number : 0.25,
                _ when type == typeof(int) => integer,
                _ when type == typeof(long) => large,
                _ when type == typeof(bool) => true,
                _ when type == typeof(IReadOnlyList<string>) => refs,
                _ when type == typeof(GenerationError) => new GenerationError(text, text),
                _ => throw new NotSupportedException($"{property.Name} is a {type.Name}."),
            };
            property.SetValue(metadata, value);
        }

        return metadata;
    }

    private static string Written(Action<CompactJsonWriter> write)
    {
        var json = new CompactJsonWriter();
        write(json);
        return Encoding.UTF8.GetString(json.Written);
    }
}

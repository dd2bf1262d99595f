using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Mirion.Generation.Application.Schemas;

/// <summary>JSON as the library takes it, from JSON that was read strictly: the library's own reader takes comments, single quotes and whatever follows the value.</summary>
internal static class JsonToken
{
    /// <summary>The same value.</summary>
    public static JToken Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JObject(value.EnumerateObject().Select(member => new JProperty(member.Name, Of(member.Value)))),
        JsonValueKind.Array => ListOf(value),
        JsonValueKind.String => new JValue(value.GetString()),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True or JsonValueKind.False => new JValue(value.GetBoolean()),
        _ => JValue.CreateNull(),
    };

    // Entry by entry: given as content, lists within a list would be put together.
    private static JArray ListOf(JsonElement list)
    {
        var entries = new JArray();
        foreach (var entry in list.EnumerateArray()) entries.Add(Of(entry));
        return entries;
    }

    // A number is what it is worth: 1.0 is the whole number 1.
    private static JValue Number(JsonElement number)
    {
        if (number.TryGetInt64(out var whole)) return new JValue(whole);
        if (!number.TryGetDecimal(out var exact)) return new JValue(number.GetDouble());
        if (decimal.Truncate(exact) != exact) return new JValue(exact);
        return exact switch
        {
            >= long.MinValue and <= long.MaxValue => new JValue((long)exact),
            > 0 and <= ulong.MaxValue => new JValue((ulong)exact),
            _ => new JValue(exact),
        };
    }
}

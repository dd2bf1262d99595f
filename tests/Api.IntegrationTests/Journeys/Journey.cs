using System.Net;
using System.Text.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>The steps that journeys share.</summary>
internal static class Journey
{
    public const string Template = """
        {"id": "triage", "label_type": "defect", "system_prompt": "You inspect boards.", "user_prompt_template": "Board {{board}}: {{note}}", "base_model": "fake-model"}
        """;

    public static async Task DefineAsync(this TestApi api, string sheet, string template = Template)
    {
        await api.PostAsync("sheets", sheet).Expect(HttpStatusCode.Created);
        await api.PostAsync("templates", template).Expect(HttpStatusCode.Created);
    }

    public static Task<Reply> GenerateAsync(this TestApi api, string sheet = "boards", string config = "{}") =>
        api.PostAsync("training-sheets/generate", $$"""{"sheet_id": "{{sheet}}", "template_id": "triage", "generation_config": {{config}}}""");

    /// <summary>Every pair of a training sheet, read page by page.</summary>
    public static async Task<List<JsonElement>> ReadPairsAsync(this TestApi api, string location)
    {
        var pairs = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await api.GetAsync($"{location}/qa-pairs?limit=70{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}").Expect(HttpStatusCode.OK);
            pairs.AddRange(page["items"].EnumerateArray());
            cursor = page["next_cursor"].GetString();
        }

        return pairs;
    }

    /// <summary>The training sheet once <paramref name="there"/> holds of it.</summary>
    public static async Task<Reply> UntilAsync(this TestApi api, string location, Func<Reply, bool> there)
    {
        for (var attempt = 0; attempt < 1500; attempt++)
        {
            var sheet = await api.GetAsync(location).Expect(HttpStatusCode.OK);
            if (there(sheet)) return sheet;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        throw new TimeoutException("It did not come to that within 30 s.");
    }

    public static Task<Reply> UntilDoneAsync(this TestApi api, string location) => api.UntilAsync(location, sheet => sheet.Text("status") != "generating");

    public static string? Text(this Reply reply, string member) => reply[member].GetString();

    public static long Number(this Reply reply, string member) => reply[member].GetInt64();

    public static string? Text(this JsonElement json, string member) => json.GetProperty(member).GetString();

    /// <summary>What a turn of a pair says.</summary>
    public static string? Says(this JsonElement pair, string role) => pair.GetProperty("messages").EnumerateArray()
        .Single(message => message.Text("role") == role).GetProperty("content") is { ValueKind: JsonValueKind.String } content
        ? content.GetString()
        : throw new AssertionException($"The {role} turn is no text.");
}

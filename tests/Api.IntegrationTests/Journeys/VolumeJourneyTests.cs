using System.Net;
using System.Text.Json;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys;

/// <summary>A user's own files, from dropping them in to reading the pairs.</summary>
internal sealed class VolumeJourneyTests
{
    // A folder of the DeepPCB data set (or any other pictures), for who has it.
    private const string PicturesVariable = "MIRION_TEST_PICTURES";

    private const string Sheet = """{"id": "boards", "source_type": "uc_volume", "source_volume": "/Volumes/plant/line_a/files", "source_path": "today"}""";

    private TempWorkspace _workspace = null!;

    [SetUp]
    public async Task CreateAsync() => _workspace = await TempWorkspace.CreateAsync();

    [TearDown]
    public async Task DeleteAsync() => await _workspace.DisposeAsync();

    [Test]
    public async Task Generate_WhenTheVolumeHoldsTexts_AsksAboutTheirContent()
    {
        _workspace.AddVolumeFile("/Volumes/plant/line_a/files/today/b.txt", "Brücke 🔧"u8.ToArray())
            .AddVolumeFile("/Volumes/plant/line_a/files/today/deep/a.txt", "fine"u8.ToArray())
            .AddVolumeFile("/Volumes/plant/line_a/files/other/c.txt", "not of this sheet"u8.ToArray());
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet, Template("{{path}}: {{content}}"));

        var generated = await api.GenerateAsync().Expect(HttpStatusCode.Created);

        var pairs = await api.ReadPairsAsync(generated.Location!);
        Assert.That(pairs.Select(pair => pair.Text("item_ref")), Is.EqualTo(["b.txt", "deep/a.txt"]));
        Assert.That(pairs.Select(pair => pair.Says("assistant")), Is.EqualTo(["answer to b.txt: Brücke 🔧", "answer to deep/a.txt: fine"]));
    }

    [Test]
    public async Task Generate_WhenTheVolumeHoldsPictures_ShowsThemAndStoresTheirPaths()
    {
        var pictures = Enumerable.Range(0, 4).ToDictionary(i => $"board-{i}.png", i => Png.Draw(8 + i, 6, (byte)(60 * i)));
        foreach (var (name, bytes) in pictures) _workspace.AddVolumeFile($"/Volumes/plant/line_a/files/today/{name}", bytes);
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet, Template("What is wrong with {{name}}?"));

        await AssertShownAsync(api, pictures, "image/png");

        using var content = await api.Client.GetAsync("/api/v1/sheets/boards/item/content?ref=board-2.png");
        Assert.That(await content.Content.ReadAsByteArrayAsync(), Is.EqualTo(pictures["board-2.png"]));
        Assert.That(content.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
    }

    [Test]
    public async Task Generate_WhenThePicturesAreReal_ShowsThemAsTheyAre()
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is not { Length: > 0 } folder) throw new IgnoreException($"{PicturesVariable} names no folder of JPEG pictures.");
        var pictures = Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(10)
            .Select((file, i) => (Name: $"{i}-{Path.GetFileName(file)}", Bytes: File.ReadAllBytes(file))).ToDictionary(picture => picture.Name, picture => picture.Bytes);
        Assert.That(pictures, Is.Not.Empty);
        foreach (var (name, bytes) in pictures) _workspace.AddVolumeFile($"/Volumes/plant/line_a/files/today/{name}", bytes);
        using var api = _workspace.Start();
        await api.DefineAsync(Sheet, Template("What is wrong with {{name}}?"));

        await AssertShownAsync(api, pictures, "image/jpeg");
    }

    [Test]
    public async Task Generate_WhenATableNamesPictures_ShowsThemAndStoresTheirPaths()
    {
        var picture = Png.Draw(5, 5, 200);
        _workspace.AddVolumeFile("/Volumes/plant/line_a/files/a.png", picture)
            .AddTable("plant.line_a.boards", "board,note,photo\na,seen,/Volumes/plant/line_a/files/a.png\nb,unseen,\nc,lost,/Volumes/plant/line_a/files/lost.png\n");
        using var api = _workspace.Start();
        await api.DefineAsync(
            """{"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "image_columns": ["photo"]}""");

        var generated = await api.GenerateAsync().Expect(HttpStatusCode.Created);

        var pairs = await api.ReadPairsAsync(generated.Location!);
        Assert.That((generated.Number("unlabeled_pairs"), generated.Number("flagged_pairs")), Is.EqualTo((2, 1)));
        Assert.That(_workspace.Model.Calls.Single(call => call.Question == "Board a: seen").Messages[^1].Images, Is.EqualTo([Uri(picture, "image/png")]));
        Assert.That(_workspace.Model.Calls.Single(call => call.Question == "Board b: unseen").Messages[^1].Images, Is.Empty);
        Assert.That(PathIn(pairs[0]), Is.EqualTo("/Volumes/plant/line_a/files/a.png"));
        Assert.That(pairs[2].GetProperty("generation_metadata").GetProperty("error").Text("code"), Is.EqualTo("image_unreadable"));
    }

    private async Task AssertShownAsync(TestApi api, Dictionary<string, byte[]> pictures, string mediaType)
    {
        var generated = await api.GenerateAsync().Expect(HttpStatusCode.Created);

        var pairs = await api.ReadPairsAsync(generated.Location!);
        Assert.That(generated.Number("unlabeled_pairs"), Is.EqualTo(pictures.Count), generated.Text);
        Assert.That(_workspace.Model.CallCount, Is.EqualTo(pictures.Count));
        foreach (var (name, bytes) in pictures)
        {
            var call = _workspace.Model.Calls.Single(call => call.Question == $"What is wrong with {name}?");
            var pair = pairs.Single(pair => pair.Text("item_ref") == name);
            Assert.That(call.Messages[^1].Images, Is.EqualTo([Uri(bytes, mediaType)]));
            Assert.That(PathIn(pair), Is.EqualTo($"/Volumes/plant/line_a/files/today/{name}"));
        }
    }

    private static string Template(string question) =>
        $$"""{"id": "triage", "label_type": "defect", "user_prompt_template": "{{question}}", "base_model": "fake-model"}""";

    private static string Uri(byte[] bytes, string mediaType) => $"data:{mediaType};base64,{Convert.ToBase64String(bytes)}";

    private static string? PathIn(JsonElement pair)
    {
        var parts = pair.GetProperty("messages").EnumerateArray().Single(message => message.Text("role") == "user").GetProperty("content");
        return parts.EnumerateArray().Single(part => part.Text("type") == "image_url").GetProperty("image_url").Text("url");
    }
}

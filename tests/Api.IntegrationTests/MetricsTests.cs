using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Api.IntegrationTests.Journeys;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>What Prometheus fetches after a generation: all that the dashboard shows, and nothing of what was generated.</summary>
internal sealed partial class MetricsTests
{
    private const string Planted = "planted";

    private string _metrics = null!;

    [OneTimeSetUp]
    public async Task GenerateAsync()
    {
        await using var workspace = await TempWorkspace.CreateAsync();
        workspace.AddTable("plant.line_a.boards", "board,note\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{Planted}-item-{i:D2},{Planted} note {i}\n")));
        workspace.Model.ApiKey = $"{Planted}-key";
        workspace.Model.Always(call => call.Number switch
        {
            1 => ChatReplies.Status(429, retryAfter: "0"),
            2 => ChatReplies.Status(400, body: $"{Planted} body"),
            _ => ChatReplies.Answer($"{Planted} answer"),
        });
        using var api = workspace.Start(("FoundationModel:ApiKey", $"{Planted}-key"));
        await api.DefineAsync(
            """{"id": "boards", "source_type": "uc_table", "source_table": "plant.line_a.boards", "item_id_column": "board", "text_columns": ["note"]}""",
            """{"id": "triage", "label_type": "defect", "system_prompt": "planted system", "user_prompt_template": "planted {{note}}", "base_model": "fake-model"}""");
        await api.PostAsync(
            "canonical-labels",
            $$"""{"sheet_id": "boards", "item_ref": "{{Planted}}-item-00", "label_type": "defect", "label_data": "{{Planted}} label", "labeled_by": "{{Planted}} person"}""").Expect(HttpStatusCode.Created);
        await api.GenerateAsync(config: """{"execution": "sync"}""").Expect(HttpStatusCode.Created);

        _metrics = (await api.GetAsync("/metrics").Expect(HttpStatusCode.OK)).Text;
    }

    [Test]
    public void Metrics_AfterAGeneration_CountWhatItDid() => Assert.Multiple(() =>
    {
        // Other hosts of this process may have counted too.
        Assert.That(Sum("mirion_generation_items_total", "outcome=\"canonical_label\""), Is.GreaterThanOrEqualTo(1));
        Assert.That(Sum("mirion_generation_items_total", "outcome=\"model\""), Is.GreaterThanOrEqualTo(18));
        Assert.That(Sum("mirion_generation_items_total", "outcome=\"failed\""), Is.GreaterThanOrEqualTo(1));
        Assert.That(Sum("mirion_generation_attempts_total", "outcome=\"throttled\""), Is.GreaterThanOrEqualTo(1));
        Assert.That(Sum("mirion_generation_attempts_total", "outcome=\"question_refused\""), Is.GreaterThanOrEqualTo(1));
        Assert.That(Sum("mirion_generation_runs_total", "outcome=\"completed\""), Is.GreaterThanOrEqualTo(1));
        Assert.That(Sum("gen_ai_client_operation_duration_seconds_count", "gen_ai_request_model=\"fake-model\""), Is.GreaterThanOrEqualTo(19));
        Assert.That(Sum("gen_ai_client_token_usage_count", "gen_ai_token_type=\"output\""), Is.GreaterThanOrEqualTo(18));
        Assert.That(Sum("mirion_generation_batch_duration_seconds_count", string.Empty), Is.GreaterThanOrEqualTo(1));
    });

    [Test]
    public void Metrics_AfterAGeneration_TellNothingOfIt() => Assert.That(_metrics, Does.Not.Contain(Planted).IgnoreCase);

    [Test]
    public void Dashboard_WhateverItShows_IsMeasured()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot(), "build", "observability", "grafana", "dashboards", "generation.json")));
        var shown = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToList();
        var measured = Line().Matches(_metrics).Select(line => line.Groups[1].Value).ToHashSet();
        var names = shown.SelectMany(expression => Name().Matches(Labels().Replace(expression, string.Empty)).Select(match => match.Value)).Distinct().ToList();
        var labels = shown.SelectMany(expression => Labels().Matches(expression).SelectMany(match => Word().Matches(match.Value).Select(word => word.Value))).Distinct().ToList();

        Assert.That(shown, Has.Count.GreaterThan(10));
        Assert.That(names, Has.Count.GreaterThan(10));
        Assert.That(names, Is.SubsetOf(measured), "every metric is there");
        Assert.That(labels, Has.Count.GreaterThan(4));
        Assert.That(labels.Where(label => !_metrics.Contains($"{label}=\"", StringComparison.Ordinal)), Is.Empty, "every label is there");
    }

    private double Sum(string name, string label) => _metrics.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split("} ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mirion.Generation.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("^([a-z_]+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("(mirion|gen_ai|dotnet|http)_[a-z_]+")]
    private static partial Regex Name();

    // by (label, label) and {label="value"}
    [GeneratedRegex(@"(?<=by \()[^)]*(?=\))|\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex("[a-z_]{2,}")]
    private static partial Regex Word();
}

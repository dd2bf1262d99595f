using System.Text;
using System.Text.RegularExpressions;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>Everything that was answered, but for what differs from one run to the next: made-up ids, times, and how long something took.</summary>
internal sealed partial class Transcript
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Adds a step and its answer.</summary>
    public Reply Add(string step, Reply reply)
    {
        _text.Append("## ").AppendLine(step).Append((int)reply.Status).Append(' ').AppendLine(reply.MediaType).AppendLine(Settle(reply.Text));
        return reply;
    }

    public override string ToString() => _text.ToString();

    private string Settle(string text)
    {
        text = Time().Replace(text, "<time>");
        text = Duration().Replace(text, "$1<ms>");
        text = JobRun().Replace(text, "$1\"<run>\"");
        return Id().Replace(text, match => _ids.TryGetValue(match.Value, out var known) ? known : _ids[match.Value] = $"<id {_ids.Count}>");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();

    [GeneratedRegex("(\"(?:duration_ms|latency_ms)\":)\\d+")]
    private static partial Regex Duration();

    [GeneratedRegex("(\"job_run_id\":)\"[^\"]+\"")]
    private static partial Regex JobRun();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}

using Snapshooter.NUnit;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class PromptSnapshotTests
{
    private const string Board = """
        {"board_id":"PCB-00041","line":"SMT-3","score":0.930,"shift":2,"notes":"Bridge near U7 & U8 <hot>, see {{u7}}","operator":null,
         "detections":[{"box":[120,48,131,60],"score":0.71,"kind":"short"},{"box":[300,12,310,19],"score":0.40,"kind":null}],
         "thresholds":{"short":0.5,"open":0.65},"history":[]}
        """;

    [Test]
    public void Render_WhenDefectsAreTriaged_ReadsLikeAPrompt() => Snapshot.Match(Rendered(
        """
        You are given one inspected board.

        Board {{board_id}}, line {{line}}, shift {{shift}}, detector score {{score}}.
        {{#if operator}}
        Operator: {{operator}}
        {{else}}
        Operator: not recorded
        {{/if}}

        Detections:
        {{#each detections as |detection number|}}
          {{number}}. {{#if detection.kind}}{{detection.kind}}{{else}}unclassified{{/if}} at {{detection.box}} ({{detection.score}}, board {{../board_id}})
        {{else}}
          none
        {{/each}}

        Thresholds:
        {{#each thresholds}}
        - {{@key}}: {{this}}{{#unless @last}};{{/unless}}
        {{/each}}
        Earlier boards: {{#each history}}{{this}}{{else}}none{{/each}}

        Notes by the operator, verbatim:
        > {{notes}}

        Answer as JSON: {"defect": "...", "confidence": 0.0, "board": { "id": "{{board_id}}" } }
        """,
        Board));

    [Test]
    public void Render_WhenItemIsGivenAsJson_ReadsLikeAPrompt() => Snapshot.Match(Rendered(
        """
        {{!-- everything at once, for an extraction model --}}
        Extract the entities of this record: {{this}}
        {{#with thresholds}}
        Use {"short": {{{short}}}} as the limit on line {{@root.line ~}} .
        {{/with}}
        First box starts at {{detections.0.box.[0]}}; {{lookup thresholds "open"}} is the limit for opens.
        Literal braces: \{{name}}
        """,
        Board));
}

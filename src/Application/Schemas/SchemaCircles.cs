namespace Mirion.Generation.Application.Schemas;

/// <summary>
/// Finds schemas that come back to themselves without going on to another value: whoever follows them never ends. One that comes back in a property or an entry describes a
/// tree, and ends with it.
/// </summary>
internal sealed class SchemaCircles(Action<string, string> refuse)
{
    // Nobody nests alternatives so deep; a hundred would use up the stack on a deep answer.
    private const int Deepest = 16;

    // How deep each schema goes; 0 while it is looked at.
    private readonly Dictionary<SchemaNode, int> _depths = [];

    /// <summary>Looks at every schema.</summary>
    public void Check(IEnumerable<SchemaNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (!_depths.ContainsKey(node) && DepthOf(node, 1) is null) return;
        }
    }

    // Null once something was refused.
    private int? DepthOf(SchemaNode node, int level)
    {
        if (_depths.TryGetValue(node, out var known) && known > 0) return known;
        if (known == 0 && _depths.ContainsKey(node))
        {
            refuse(node.Place, "it refers to itself, by $ref, allOf, anyOf, oneOf or not, without a property or an entry in between.");
            return null;
        }

        _depths[node] = 0;
        var deepest = 0;
        foreach (var next in node.SameValue())
        {
            if (level > Deepest || DepthOf(next, level + 1) is not { } depth)
            {
                if (level > Deepest) refuse(node.Place, TooDeep);
                return null;
            }

            deepest = Math.Max(deepest, depth);
        }

        if (deepest >= Deepest)
        {
            refuse(node.Place, TooDeep);
            return null;
        }

        _depths[node] = deepest + 1;
        return deepest + 1;
    }

    private static string TooDeep => $"$ref, allOf, anyOf, oneOf and not lead at most {Deepest} levels deep.";
}

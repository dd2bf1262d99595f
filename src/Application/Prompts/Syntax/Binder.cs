using System.Text;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>An operand as the engine is to read it.</summary>
/// <param name="Engine">The engine's text of it.</param>
/// <param name="IsItem">Whether it is the item itself.</param>
internal readonly record struct Bound(string Engine, bool IsItem);

/// <summary>
/// Decides what each name of the template means, and writes it for the engine as an unambiguous path from the present
/// scope, with a site's number in place of every name: <c>{{item.name}}</c> in a nested loop becomes <c>../this.v7</c>.
/// So none of the engine's own readings of a name (helper, block parameter, data variable, literal, whatever its case)
/// can get in the way of a column's.
/// </summary>
internal sealed class Binder(TemplateSource source)
{
    private readonly List<Site> _sites = [];
    private readonly List<TemplateVariable> _variables = [];

    public Scope Scope { get; private set; } = new(Parent: null, IsItem: true, IsLoop: false);

    public IReadOnlyList<TemplateVariable> Variables => _variables;

    public IReadOnlyList<Site> Sites => _sites;

    public void Enter(Scope inner) => Scope = inner;

    public void Leave() => Scope = Scope.Parent!;

    public int AddSite(Site site)
    {
        _sites.Add(site);
        return _sites.Count - 1;
    }

    public Result<Bound> Bind(Operand operand) => operand switch
    {
        PathOperand path => BindPath(path, key: null),
        LoopOperand loop => BindLoopName(loop),
        LookupOperand { Of: PathOperand path, Key: LiteralOperand key } => BindPath(path, new Member(key.At, key.Value, Bracketed: true)),
        LookupOperand lookup => BindLookup(lookup),
        _ => Fault(operand.At, "a constant has no place here; it takes a name. A column of that name is written in brackets."),
    };

    private Result<Bound> BindPath(PathOperand path, Member? key)
    {
        var members = key is null ? path.Members : [.. path.Members, key];
        var scope = path.Start is PathStart.Item ? Scope.Find(s => s.Parent is null) : Scope.Up(path.Ups);
        if (scope is null) return Fault(path.At, "../ leads out of the item: there are fewer #each and #with blocks around this place.");
        if (path.Start is PathStart.Name && members is [{ Bracketed: false } first, ..])
        {
            if (Scope.Find(s => s.ValueName == first.Name || s.KeyName == first.Name) is { } named)
            {
                if (named.ValueName != first.Name) return BindKey(named, members);
                (scope, members) = (named, [.. members.Skip(1)]);
            }
        }

        if (scope.IsItem && members.Count > 0) AddVariable(members[0]);
        var engine = new StringBuilder().Append(Hops(scope)).Append("this");
        foreach (var member in members)
        {
            engine.Append('.').Append(EngineNames.SiteName(AddSite(new Site(member.Name, path.Text, source.PlaceOf(member.At)))));
        }

        return new Bound(engine.ToString(), IsItem: scope.IsItem && members.Count == 0);
    }

    private Result<Bound> BindKey(Scope scope, IReadOnlyList<Member> members) => members.Count == 1
        ? new Bound($"@{Hops(scope)}key", IsItem: false)
        : Fault(members[1].At, $"{PromptErrors.Quote(members[0].Name)} is the key or index of an #each and has no members.");

    private Result<Bound> BindLoopName(LoopOperand name)
    {
        var loop = Scope.Up(name.Ups)?.Find(scope => scope.IsLoop);
        return loop is null
            ? Fault(name.At, $"{name.Text} has a value only inside {{{{#each …}}}}.")
            : new Bound($"@{Hops(loop)}{name.Name}", IsItem: false);
    }

    private Result<Bound> BindLookup(LookupOperand lookup)
    {
        if (!Bind(lookup.Of).TryGet(out var of, out var error)) return error;
        if (of.IsItem)
        {
            return Fault(lookup.Key.At, "a column is looked up by its quoted name, {{lookup @root \"name\"}}, so that it can be checked before anything is rendered.");
        }

        var site = AddSite(new Site((lookup.Key as LiteralOperand)?.Value ?? "", lookup.Text, source.PlaceOf(lookup.At)));
        if (lookup.Key is LiteralOperand) return new Bound($"({EngineNames.Lookup} {site} {of.Engine})", IsItem: false);
        if (!Bind(lookup.Key).TryGet(out var key, out error)) return error;
        return new Bound($"({EngineNames.Lookup} {site} {of.Engine} {key.Engine})", IsItem: false);
    }

    private string Hops(Scope scope) => string.Concat(Enumerable.Repeat("../", Scope.Depth - scope.Depth));

    private void AddVariable(Member member)
    {
        var place = source.PlaceOf(member.At);
        _variables.Add(new TemplateVariable(member.Name, place.Line, place.Column));
    }

    private Error Fault(int offset, string what) => PromptErrors.Syntax(source.PlaceOf(offset), what);
}

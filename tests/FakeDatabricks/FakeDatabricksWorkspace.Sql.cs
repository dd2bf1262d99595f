using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.FakeDatabricks.Sql.Engine;
using Mirion.Generation.FakeDatabricks.Sql.Statements;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>The tables, and what a test does to statements.</summary>
public sealed partial class FakeDatabricksWorkspace
{
    /// <summary>The statements that were sent, in that order.</summary>
    public IReadOnlyList<SentStatement> Statements => _statements.Sent;

    /// <summary>Runs statements of Databricks SQL past the API, one after another; makes the catalogs and schemas they name.</summary>
    /// <exception cref="InvalidOperationException">A statement fails.</exception>
    public Task ExecuteAsync(params IEnumerable<string> statements) => _statements.WithLakeAsync(lake =>
    {
        var engine = new StatementEngine(lake, new VolumeFiles(Folder), Options.Clock);
        foreach (var statement in statements) new Preparation(lake, engine, Catalog, Schema).Run(statement);
        return true;
    });

    /// <summary>Fails the next statements that match.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="times">How many statements it meets.</param>
    /// <param name="matching">Which texts it meets; every one when null.</param>
    public void FailStatements(StatementFault fault, int times = 1, Func<string, bool>? matching = null) => _statements.Plans.Fail(fault, times, matching ?? (_ => true));

    /// <summary>Lets the next statements that match be RUNNING for some questions after them, although they may be done.</summary>
    /// <param name="polls">How many questions; the reply to the submission is the first answer.</param>
    /// <param name="times">How many statements.</param>
    /// <param name="matching">Which texts; every one when null.</param>
    public void SlowStatements(int polls, int times = 1, Func<string, bool>? matching = null) => _statements.Plans.Slow(polls, times, matching ?? (_ => true));

    /// <summary>Lets the next downloads of parts of results find their link ended, as when they come long after they were asked for.</summary>
    public void EndLinks(int times) => _statements.Plans.EndLinks(times);

    /// <summary>How many downloads are still to find their link ended.</summary>
    public int EndedLinks => _statements.Plans.EndedLinks;

    private StatementQueue Lakehouse(Warehouse warehouse)
    {
        var lake = new Lake(Folder);
        return new StatementQueue(lake, new StatementEngine(lake, new VolumeFiles(Folder), Options.Clock), warehouse, Options);
    }
}

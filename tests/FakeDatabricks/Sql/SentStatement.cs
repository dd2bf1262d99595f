using Mirion.Generation.FakeDatabricks.Sql.Statements;

namespace Mirion.Generation.FakeDatabricks.Sql;

/// <summary>A statement that the workspace was sent.</summary>
/// <param name="Id">The id it got.</param>
/// <param name="Text">Its text.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="State">Where it stands: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED or CLOSED.</param>
/// <param name="Error">Why it failed, in a warehouse's words.</param>
/// <param name="Cause">Why it failed, in the words of the engine behind the workspace, which no client sees; for whoever debugs a test.</param>
public sealed record SentStatement(string Id, string Text, IReadOnlyList<StatementParameter> Parameters, string State, string? Error, string? Cause);

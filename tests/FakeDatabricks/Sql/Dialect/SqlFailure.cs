using System.Globalization;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>
/// A statement that fails, in the words a SQL warehouse has for it: <c>[CONDITION] text SQLSTATE: nnnnn</c>
/// (docs.databricks.com/error-messages/error-classes). It becomes state FAILED of an HTTP 200, never an HTTP error.
/// </summary>
internal sealed class SqlFailure : Exception
{
    public SqlFailure(string condition, string sqlState, string text, string errorCode = "BAD_REQUEST")
        : base($"[{condition}] {text.TrimEnd('.')}. SQLSTATE: {sqlState}") => (Condition, SqlState, ErrorCode) = (condition, sqlState, errorCode);

    /// <summary>The error condition, such as <c>PARSE_SYNTAX_ERROR</c>.</summary>
    public string Condition { get; }

    /// <summary>The five characters of the SQL standard.</summary>
    public string SqlState { get; }

    /// <summary>The error code of the Statement Execution API.</summary>
    public string ErrorCode { get; }

    /// <summary>What was looked for in vain, where that is a catalog or a schema.</summary>
    public (string Catalog, string? Schema)? Missing { get; private init; }

    public static SqlFailure Syntax(Token near) => Syntax(near.Kind is TokenKind.End ? "end of input" : $"'{near.Text}'", near.Line, near.Column);

    public static SqlFailure Syntax(string near, int line = 1, int column = 0) => new(
        "PARSE_SYNTAX_ERROR", "42601", string.Create(CultureInfo.InvariantCulture, $"Syntax error at or near {near}. (line {line}, pos {column})"));

    public static SqlFailure UnboundParameter(string name) => new(
        "UNBOUND_SQL_PARAMETER", "42P02", $"Found the unbound parameter: {name}. Please, fix `args` and provide a mapping of the parameter to a SQL literal");

    public static SqlFailure Routine(string name) => new(
        "UNRESOLVED_ROUTINE", "42883", $"Cannot resolve routine `{name}` on search path [`system`.`builtin`, `system`.`session`]");

    public static SqlFailure ArgumentCount(string name, int given) => new(
        "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605", string.Create(CultureInfo.InvariantCulture, $"The `{name}` cannot take {given} parameters"));

    public static SqlFailure Column(string name) => new(
        "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", $"A column, variable, or function parameter with name `{name}` cannot be resolved");

    public static SqlFailure Table(TableName name) => new(
        "TABLE_OR_VIEW_NOT_FOUND", "42P01", $"The table or view {name} cannot be found. Verify the spelling and correctness of the schema and catalog");

    public static SqlFailure Schema(string catalog, string schema) => new(
        "SCHEMA_NOT_FOUND", "42704", $"The schema `{catalog}`.`{schema}` cannot be found. Verify the spelling and correctness of the schema and catalog")
    {
        Missing = (catalog, schema),
    };

    public static SqlFailure Catalog(string catalog) => new("NO_SUCH_CATALOG_EXCEPTION", "42704", $"Catalog '{catalog}' was not found. Please verify the catalog name and then retry the query or command again")
    {
        Missing = (catalog, null),
    };

    public static SqlFailure Mismatch(string text) => new("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "42K09", $"Cannot resolve the expression due to data type mismatch: {text}");

    public static SqlFailure UnsafeCast(string column, string from, string to) => new(
        "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST", "KD000", $"Cannot write incompatible data for the table: Cannot safely cast `{column}` \"{from}\" to \"{to}\"");
}

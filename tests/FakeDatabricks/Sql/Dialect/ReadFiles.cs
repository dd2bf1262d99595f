namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>
/// Reads a call of <c>read_files</c> (docs.databricks.com/sql/language-manual/functions/read_files). Here it reads NDJSON by an explicit schema; its
/// arguments must be constants.
/// </summary>
internal sealed class ReadFiles(TokenReader tokens, StatementScope scope)
{
    /// <summary>The relation that stands for the files.</summary>
    public string Read()
    {
        tokens.Take();
        tokens.Expect("(");
        var path = Constant();
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (tokens.Try(","))
        {
            var name = tokens.Name();
            tokens.Expect("=>");
            options.Add(name, Constant());
        }

        tokens.Expect(")");
        if (!options.Remove("format", out var format) || !format.Equals("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new SqlFailure("UNSUPPORTED_FEATURE", "0A000", $"This workspace reads files of format json alone, but got {format}");
        }

        if (!options.Remove("schema", out var schema)) throw new SqlFailure("UNSUPPORTED_FEATURE", "0A000", "This workspace reads files by an explicit schema alone");
        if (options.Remove("multiLine", out var lines) && lines != "false") throw new SqlFailure("UNSUPPORTED_FEATURE", "0A000", "This workspace reads one object a line");
        var mode = options.Remove("mode", out var given) ? given.ToUpperInvariant() : "PERMISSIVE";
        if (mode is not ("PERMISSIVE" or "FAILFAST")) throw new SqlFailure("UNSUPPORTED_FEATURE", "0A000", $"This workspace reads files in modes PERMISSIVE and FAILFAST, but got {mode}");
        options.Remove("schemaEvolutionMode");
        options.Remove("rescuedDataColumn");
        if (options.Count > 0) throw new SqlFailure("UNRECOGNIZED_PARAMETER_NAME", "4274K", $"Cannot invoke read_files with the parameter {options.Keys.First()}");
        return scope.ReadFiles(path, TypeReader.Schema(schema).Fields, mode == "FAILFAST");
    }

    private string Constant()
    {
        if (tokens.TryString(out var text)) return text;
        if (tokens.AtAny("TRUE", "FALSE")) return tokens.Take().Text.ToLowerInvariant();
        if (!tokens.At(":") || !tokens.Peek().IsName) throw tokens.Unexpected();
        tokens.Take();
        return scope.Constant(tokens.Take().Text) ?? throw new SqlFailure("DATATYPE_MISMATCH.UNEXPECTED_NULL", "42K09", "An argument of read_files must not be NULL");
    }
}

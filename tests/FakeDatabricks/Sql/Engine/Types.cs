using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Complaints about types.</summary>
internal static class Types
{
    public static SqlFailure Unexpected(string function, string wanted, string given) => new(
        "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
        "42K09",
        $"Cannot resolve \"{function}\" due to data type mismatch: The first parameter requires the \"{wanted}\" type, however it has the type \"{DuckDbTypes.Parse(given).Ddl}\"");
}

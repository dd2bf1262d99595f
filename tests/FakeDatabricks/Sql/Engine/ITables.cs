using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>The tables there are.</summary>
internal interface ITables
{
    bool Has(TableName table);

    IReadOnlyList<DataField> Columns(TableName table);

    IReadOnlyList<LakeColumn> Describe(TableName table);
}

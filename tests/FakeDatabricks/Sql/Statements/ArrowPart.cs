using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A part of a result as a stream of Arrow. Nested values and variants are text here, as with the option that turns native types off.</summary>
internal static class ArrowPart
{
    public static byte[] Encode(IReadOnlyList<DataField> columns, IReadOnlyList<string?[]> rows)
    {
        var schema = new Schema([.. columns.Select(column => new Field(column.Name, TypeOf(column.Type), nullable: true))], metadata: null);
        var arrays = columns.Select((column, i) => ArrayOf(column.Type, [.. rows.Select(row => row[i])]));
        using var batch = new RecordBatch(schema, arrays, rows.Count);
        using var stream = new MemoryStream();
        using (var writer = new ArrowStreamWriter(stream, schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    private static IArrowType TypeOf(DataType type) => type.Name switch
    {
        "BOOLEAN" => BooleanType.Default,
        "TINYINT" => Int8Type.Default,
        "SMALLINT" => Int16Type.Default,
        "INT" => Int32Type.Default,
        "BIGINT" => Int64Type.Default,
        "FLOAT" => FloatType.Default,
        "DOUBLE" => DoubleType.Default,
        "DECIMAL" => new Decimal128Type(type.Precision, type.Scale),
        "DATE" => Date32Type.Default,
        "TIMESTAMP" => new TimestampType(TimeUnit.Microsecond, "Etc/UTC"),
        "BINARY" => BinaryType.Default,
        _ => StringType.Default,
    };

    private static IArrowArray ArrayOf(DataType type, IReadOnlyList<string?> cells) => type.Name switch
    {
        "BOOLEAN" => Fill(new BooleanArray.Builder(), cells, (array, cell) => array.Append(cell == "true"), array => array.AppendNull()).Build(),
        "TINYINT" => Fill(new Int8Array.Builder(), cells, (array, cell) => array.Append(sbyte.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "SMALLINT" => Fill(new Int16Array.Builder(), cells, (array, cell) => array.Append(short.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "INT" => Fill(new Int32Array.Builder(), cells, (array, cell) => array.Append(int.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "BIGINT" => Fill(new Int64Array.Builder(), cells, (array, cell) => array.Append(long.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "FLOAT" => Fill(new FloatArray.Builder(), cells, (array, cell) => array.Append(float.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "DOUBLE" => Fill(new DoubleArray.Builder(), cells, (array, cell) => array.Append(double.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "DECIMAL" => Fill(new Decimal128Array.Builder(new Decimal128Type(type.Precision, type.Scale)), cells, (array, cell) => array.Append(cell), array => array.AppendNull()).Build(),
        "DATE" => Fill(new Date32Array.Builder(), cells, (array, cell) => array.Append(DateOnly.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "TIMESTAMP" => Fill(
            new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "Etc/UTC")), cells, (array, cell) => array.Append(DateTimeOffset.Parse(cell, CultureInfo.InvariantCulture)), array => array.AppendNull()).Build(),
        "BINARY" => Fill(new BinaryArray.Builder(), cells, (array, cell) => array.Append(Convert.FromBase64String(cell).AsSpan()), array => array.AppendNull()).Build(),
        _ => Fill(new StringArray.Builder(), cells, (array, cell) => array.Append(cell), array => array.AppendNull()).Build(),
    };

    private static T Fill<T>(T array, IReadOnlyList<string?> cells, Action<T, string> append, Action<T> appendNull)
    {
        foreach (var cell in cells)
        {
            if (cell is null) appendNull(array);
            else append(array, cell);
        }

        return array;
    }
}

using System.Buffers;
using System.Text.Json;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Reads rows from the text of a part, one at a time: an array of arrays, whose cells are texts and nulls.</summary>
/// <param name="text">The text.</param>
/// <param name="columns">How many cells a row has.</param>
internal sealed class ResultRows(ReadOnlySequence<byte> text, int columns)
{
    private readonly string?[] _cells = new string?[columns];
    private ReadOnlySequence<byte> _rest = text;
    private JsonReaderState _state;
    private bool _begun;

    /// <summary>The cells of the next row, good until the one after it is read; null at the end.</summary>
    /// <exception cref="DatabricksException">The text is no such array.</exception>
    public string?[]? Next()
    {
        var reader = new Utf8JsonReader(_rest, isFinalBlock: true, _state);
        try
        {
            if (!_begun) Expect(ref reader, JsonTokenType.StartArray);
            _begun = true;
            if (!reader.Read() || reader.TokenType is JsonTokenType.EndArray) return null;
            if (reader.TokenType is not JsonTokenType.StartArray) throw Malformed();
            for (var i = 0; i < _cells.Length; i++) _cells[i] = Cell(ref reader);
            Expect(ref reader, JsonTokenType.EndArray);
        }
        catch (JsonException)
        {
            throw Malformed();
        }

        (_rest, _state) = (_rest.Slice(reader.BytesConsumed), reader.CurrentState);
        return _cells;
    }

    private static string? Cell(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw Malformed();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token) throw Malformed();
    }

    private static DatabricksException Malformed() => new("The warehouse sent a result that is no array of rows of texts.");
}

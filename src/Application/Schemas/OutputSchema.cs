using System.Text.Json;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Newtonsoft.Json.Linq;

namespace Mirion.Generation.Application.Schemas;

/// <summary>A JSON Schema, ready to hold answers to. Many may use it at once.</summary>
internal sealed class OutputSchema
{
    private const int LongestSchema = 65_536;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = CompactJson.MaxDepth };

    private readonly SchemaNode _schema;
    private readonly FaultReader _faults;
    private readonly bool _takesTexts;

    private OutputSchema(SchemaNode schema, FaultReader faults) => (_schema, _faults, _takesTexts) = (schema, faults, schema.TakesTexts);

    /// <summary>Makes a schema ready, or says where it is none, or asks what answers cannot be held to.</summary>
    public static Result<OutputSchema> Compile(string json)
    {
        if (json.Length > LongestSchema) return SchemaErrors.Invalid([$"A schema has at most {LongestSchema} characters."]);
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var schema = SchemaReader.Read(document.RootElement, out var faults, out var reader);
            return faults.Count > 0 ? SchemaErrors.Invalid(faults) : new OutputSchema(schema, new FaultReader(reader.Names));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return SchemaErrors.Invalid([$"A schema is a JSON object, nested at most {CompactJson.MaxDepth} deep, whose properties have different names and whose texts hold whole characters."]);
        }
    }

    /// <summary>
    /// What is wrong with an answer as it stands; null when it matches. A schema that takes texts takes them without quotes too, which is how a label that is a text answers.
    /// </summary>
    public SchemaFault? FaultOf(string answer) => Read(answer).Fault;

    /// <summary>
    /// Reads an answer of a model. A match comes back in the form of a label's answer: a JSON string as its text, anything else as compact JSON; a single code fence around what
    /// matches is taken off.
    /// </summary>
    /// <param name="written">The answer as it was written.</param>
    /// <param name="answer">The answer as it is to be kept; null when it does not match.</param>
    public SchemaFault? ReadWritten(string written, out string? answer)
    {
        var reading = Read(written);
        if (CodeFence.Inside(written) is { } inside && (reading.Fault is not null || !reading.IsJson))
        {
            var within = Read(inside);
            // A fence is no part of a text, if the text without it matches; one that does not is told by what is in the fence.
            if (within.Fault is null || reading.Fault is not null) reading = within;
        }

        answer = reading.Answer;
        return reading.Fault;
    }

    private Reading Read(string written)
    {
        var reading = ReadJson(written);
        // A list, an object or a text in quotes is meant as JSON; 42 may be the text that the schema asks for.
        if (reading.Fault is null || !_takesTexts || reading.IsJson) return reading;
        return written.Trim() is { Length: > 0 } text && Check(new JValue(text)) is null ? new Reading(text, null, IsJson: false) : reading;
    }

    private Reading ReadJson(string written)
    {
        var isJson = false;
        try
        {
            using var document = JsonDocument.Parse(written, Strict);
            var root = document.RootElement;
            isJson = root.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String;
            if (Check(JsonToken.Of(root)) is { } fault) return new Reading(null, fault, isJson);
            if (root.ValueKind is JsonValueKind.Null) return new Reading("null", null, IsJson: true);
            return LabelData.From(root).TryGet(out var data, out _) ? new Reading(data.Answer, null, IsJson: true) : new Reading(null, new SchemaFault("", "must not be blank"), isJson);
        }
        catch (JsonException e)
        {
            // The library's own words hold a piece of the text.
            return new Reading(null, new SchemaFault("", $"is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})"), isJson);
        }
        catch (InvalidOperationException)
        {
            return new Reading(null, new SchemaFault("", "holds half a character"), isJson);
        }
    }

    private SchemaFault? Check(JToken value)
    {
        var validator = new StrictValidator();
        var errors = validator.Validate(value, _schema);
        if (validator.IsExhausted) return new SchemaFault("", "takes more steps to compare with the schema than are taken");
        return errors.Count == 0 ? null : _faults.Read(errors);
    }

    /// <param name="Answer">The answer as it is to be kept.</param>
    /// <param name="Fault">What is wrong with it.</param>
    /// <param name="IsJson">Whether it can be meant as nothing but JSON.</param>
    private readonly record struct Reading(string? Answer, SchemaFault? Fault, bool IsJson);
}

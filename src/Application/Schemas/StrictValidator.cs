using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Mirion.Generation.Application.Schemas;

/// <summary>One look at one value, by the library's walk and what <see cref="SchemaNode"/> adds to it. It ends, whatever schema and value are.</summary>
internal sealed class StrictValidator() : JsonSchemaValidator(NoFormats)
{
    // Alternatives that contain each other double with each level: nobody's answer needs so many steps, and it is a second's work.
    private const int MostSteps = 200_000;

    private static readonly JsonSchemaValidatorSettings NoFormats = new() { FormatValidators = [] };
    private static readonly JTokenEqualityComparer SameJson = new();

    private int _steps;

    /// <summary>Whether it gave up.</summary>
    public bool IsExhausted { get; private set; }

    protected override ICollection<ValidationError> Validate(JToken token, JsonSchema schema, SchemaType schemaType, string? propertyName, string propertyPath)
    {
        IsExhausted |= ++_steps > MostSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack();
        if (IsExhausted) return [];
        var errors = (List<ValidationError>)base.Validate(token, schema, schemaType, propertyName, propertyPath);
        // What is no object lacks no property: type says what it must be.
        if (token is not JObject) errors.RemoveAll(error => error.Kind is ValidationErrorKind.PropertyRequired && ReferenceEquals(error.Schema, schema));
        Add(errors, token, (SchemaNode)schema);
        return errors;
    }

    private static void Add(List<ValidationError> errors, JToken token, SchemaNode schema)
    {
        Require(schema.Types is JsonObjectType.None || (schema.Types & TypesOf(token)) != 0, ValidationErrorKind.NoTypeValidates);
        Require(schema.Values is null || schema.Values.Contains(token, SameJson), ValidationErrorKind.NotInEnumeration);
        switch (token)
        {
            case JValue { Type: JTokenType.String, Value: string text }:
                if (schema.FewestCharacters is not null || schema.MostCharacters is not null)
                {
                    var characters = text.EnumerateRunes().Count();
                    Require(!(characters < schema.FewestCharacters), ValidationErrorKind.StringTooShort);
                    Require(!(characters > schema.MostCharacters), ValidationErrorKind.StringTooLong);
                }

                Require(schema.Contains is null || schema.Contains.IsMatch(text), ValidationErrorKind.PatternMismatch);
                Require(schema.Format is null || TextFormats.Holds(schema.Format, text), ValidationErrorKind.Unknown);
                break;
            case JArray list:
                Require(!(list.Count > schema.MostItems), ValidationErrorKind.TooManyItems);
                Require(!schema.HasDistinctItems || list.Distinct(SameJson).Count() == list.Count, ValidationErrorKind.ItemsNotUnique);
                break;
            case JObject members:
                Require(!(members.Count > schema.MostProperties), ValidationErrorKind.TooManyProperties);
                break;
        }

        void Require(bool holds, ValidationErrorKind otherwise)
        {
            if (!holds) errors.Add(new ValidationError(otherwise, null, null, token, schema));
        }
    }

    private static JsonObjectType TypesOf(JToken token) => token.Type switch
    {
        JTokenType.Object => JsonObjectType.Object,
        JTokenType.Array => JsonObjectType.Array,
        JTokenType.String => JsonObjectType.String,
        JTokenType.Boolean => JsonObjectType.Boolean,
        JTokenType.Integer => JsonObjectType.Integer | JsonObjectType.Number,
        JTokenType.Float => JsonObjectType.Number,
        _ => JsonObjectType.Null,
    };
}

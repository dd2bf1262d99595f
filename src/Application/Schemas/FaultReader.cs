using System.Globalization;
using Newtonsoft.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Mirion.Generation.Application.Schemas;

/// <summary>Puts what the library found into words: the one fault that helps most, its place, and what would be right.</summary>
/// <param name="names">The names that may be told.</param>
internal sealed class FaultReader(IReadOnlySet<string> names)
{
    private const int MostShown = 12;
    private const int LongestShown = 200;

    /// <summary>The fault to tell.</summary>
    public SchemaFault Read(IEnumerable<ValidationError> errors) => Told(errors.First());

    private SchemaFault Told(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotAnyOf } either => Closest(either, "fits none of the schemas in anyOf"),
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotOneOf } either when either.Errors.Values.All(child => child.Count > 0) => Closest(either, "fits none of the schemas in oneOf"),
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotOneOf } => At(error, "fits more than one of the schemas in oneOf"),
        ChildSchemaValidationError child => Told(child.Errors.Values.First(found => found.Count > 0).First()),
        _ => At(error, RuleOf(error, (SchemaNode)error.Schema)),
    };

    // Of several alternatives the one is meant that was followed furthest. Where none leads on, what they have in common is told.
    private SchemaFault Closest(ChildSchemaValidationError either, string otherwise)
    {
        var here = At(either, otherwise);
        var deepest = either.Errors.Values.Select(child => Told(child.First())).MaxBy(fault => fault.Place.Length)!;
        return deepest.Place.Length > here.Place.Length ? deepest : here;
    }

    private SchemaFault At(ValidationError error, string rule)
    {
        // What must not be there is pointed to by what it is in, for its name is the model's own.
        var token = error.Kind is ValidationErrorKind.NoAdditionalPropertiesAllowed ? error.Token!.Parent! : error.Token!;
        return new SchemaFault(JsonPointer.To(token, names), rule);
    }

    private static string RuleOf(ValidationError error, SchemaNode schema) => error.Kind switch
    {
        ValidationErrorKind.StringExpected => "must be a string (type)",
        ValidationErrorKind.NumberExpected => "must be a number (type)",
        ValidationErrorKind.IntegerExpected => "must be a whole number (type)",
        ValidationErrorKind.BooleanExpected => "must be true or false (type)",
        ValidationErrorKind.ObjectExpected => "must be an object (type)",
        ValidationErrorKind.ArrayExpected => "must be a list (type)",
        ValidationErrorKind.NullExpected => "must be null (type)",
        ValidationErrorKind.NoTypeValidates => $"must be {TypesOf(schema.Types)} (type)",
        ValidationErrorKind.NotInEnumeration => $"must be {Choice(schema.Values!.Select(value => value.ToString(Formatting.None)))} (enum)",
        ValidationErrorKind.PropertyRequired => $"lacks the property {Quoted(error.Property!)} (required)",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => schema.Properties.Count == 0
            ? "may have no properties (additionalProperties)"
            : $"has a property beside {Choice(schema.Properties.Keys.Select(Quoted))} (additionalProperties)",
        ValidationErrorKind.StringTooShort => $"must have at least {schema.FewestCharacters} characters (minLength)",
        ValidationErrorKind.StringTooLong => $"must have at most {schema.MostCharacters} characters (maxLength)",
        ValidationErrorKind.PatternMismatch => $"must match {Short(schema.Contains!.ToString())} (pattern)",
        ValidationErrorKind.Unknown => $"must be a {Short(schema.Format!)} (format)",
        ValidationErrorKind.NumberTooSmall => schema.ExclusiveMinimum is { } above && !(schema.Minimum > above)
            ? $"must be above {Number(above)} (exclusiveMinimum)"
            : $"must be at least {Number(schema.Minimum!.Value)} (minimum)",
        ValidationErrorKind.NumberTooBig => schema.ExclusiveMaximum is { } below && !(schema.Maximum < below)
            ? $"must be below {Number(below)} (exclusiveMaximum)"
            : $"must be at most {Number(schema.Maximum!.Value)} (maximum)",
        ValidationErrorKind.NumberNotMultipleOf => $"must be a multiple of {Number(schema.MultipleOf!.Value)} (multipleOf)",
        ValidationErrorKind.TooFewItems => $"must have at least {schema.MinItems} entries (minItems)",
        ValidationErrorKind.TooManyItems => $"must have at most {schema.MostItems} entries (maxItems)",
        ValidationErrorKind.ItemsNotUnique => "must not have an entry twice (uniqueItems)",
        ValidationErrorKind.TooFewProperties => $"must have at least {schema.MinProperties} properties (minProperties)",
        ValidationErrorKind.TooManyProperties => $"must have at most {schema.MostProperties} properties (maxProperties)",
        ValidationErrorKind.ExcludedSchemaValidates => "must not be what the schema excludes (not)",
        var other => throw new ArgumentOutOfRangeException(nameof(error), other, "Every kind of fault has its words."),
    };

    // Null is the exception to whatever else it may be.
    private static string TypesOf(JsonObjectType types) => string.Join(" or ", Enum.GetValues<JsonObjectType>()
        .Where(type => type is not JsonObjectType.None && types.HasFlag(type))
        .OrderBy(type => type is JsonObjectType.Null)
        .Select(type => type.ToString().ToLowerInvariant()));

    private static string Choice(IEnumerable<string> options)
    {
        var all = options.ToArray();
        var shown = string.Join(", ", all.Take(MostShown).Select(Short));
        return all.Length switch
        {
            1 => shown,
            > MostShown => $"one of {all.Length}, such as {shown}",
            _ => $"one of {shown}",
        };
    }

    private static string Quoted(string name) => JsonConvert.ToString(name);

    private static string Short(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}

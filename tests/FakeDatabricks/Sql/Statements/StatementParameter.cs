using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A parameter of a statement as it was sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that was given, or STRING.</param>
/// <param name="Value">Its value; null is SQL's NULL.</param>
public sealed record StatementParameter(string Name, string Type, string? Value)
{
    /// <summary>The parameter that a member of <c>parameters</c> is.</summary>
    internal static StatementParameter Parse(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw RequestRefusal.Malformed("Could not parse the request: a parameter must be an object.");
        if (json.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name is not ("name" or "value" or "type")) is { } unknown)
        {
            throw RequestRefusal.Malformed($"Could not parse the request: unknown field '{unknown}' of a parameter.");
        }

        var fields = new RequestFields(json);
        return new StatementParameter(
            fields.Text("name") ?? throw RequestRefusal.Invalid("A parameter must have a name."), fields.Text("type") ?? "STRING", fields.Text("value"));
    }

    /// <summary>The value as statements see it.</summary>
    internal ParameterValue Bind()
    {
        try
        {
            var type = TypeReader.Schema(Type);
            return !type.IsComplex && type != DataType.Variant
                ? new ParameterValue(type, Value)
                : throw RequestRefusal.Invalid($"Parameter '{Name}' has a type that cannot be bound: {Type}.");
        }
        catch (SqlFailure)
        {
            throw RequestRefusal.Invalid($"Parameter '{Name}' has an unknown type: {Type}.");
        }
    }
}

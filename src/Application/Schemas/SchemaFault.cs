using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Schemas;

/// <summary>What is wrong, and where. It holds nothing of the answer but its shape: names that the schema does not know are left out.</summary>
/// <param name="Place">A JSON Pointer (RFC 6901) into the answer; empty for all of it.</param>
/// <param name="Rule">The rule that is broken, as a sentence without its subject.</param>
internal sealed record SchemaFault(string Place, string Rule)
{
    /// <summary>Place and rule in one piece.</summary>
    public override string ToString() => Place.Length == 0 ? $"it {Rule}" : $"{Place} {Rule}";
}

/// <summary>The refusals of this module.</summary>
internal static class SchemaErrors
{
    /// <summary>The schema is none, or says what answers cannot be held to.</summary>
    public static Error Invalid(IReadOnlyList<string> faults) => new(ErrorKind.Unprocessable, "output_schema_invalid", $"output_schema: {string.Join(" ", faults)}")
    {
        Fields = new Dictionary<string, string[]> { ["output_schema"] = [.. faults] },
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.OpenApi;

/// <summary>The OpenAPI document, at <c>/openapi/v1.json</c>. Summaries come from the comments of endpoints and contracts.</summary>
internal static class ApiDocument
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.CreateSchemaReferenceId = NameOf;
        options.AddSchemaTransformer((schema, context, _) => Describe(schema, context.JsonTypeInfo.Type));
        options.AddOperationTransformer((operation, _, _) => ParameterDescriptions.Describe(operation));
        options.AddDocumentTransformer((document, _, _) => Describe(document));
    });

    // As people call them: "Sheet", not "SheetResponse"; "SheetList", not "ListResponseOfSheetResponse".
    private static string? NameOf(JsonTypeInfo type)
    {
        const string list = "ListResponseOf";
        if (type.Type == typeof(JsonElement) || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } name) return null;
        if (name.StartsWith(list, StringComparison.Ordinal)) return name[list.Length..].Replace("Response", "List", StringComparison.Ordinal);
        foreach (var suffix in new[] { "Response", "Body", "Document" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return name[..^suffix.Length];
        }

        return name;
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Mirion.Generation",
            Version = "v1",
            Description = "Applies prompt templates to sheets: reuses what experts labelled, has a model draft the rest, and keeps the pairs as training sheets.",
        };
        // Wherever the document was read from.
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }

    // What converters write, the exporter of schemas cannot know.
    private static Task Describe(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(plain).Select(name => JsonValue.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)))];
        }
        else if (plain == typeof(DateTimeOffset))
        {
            schema.Type = plain == type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        else if (plain == typeof(MessageContent))
        {
            schema.Description = "A string; or, with images, a list of {type: \"text\", text} and {type: \"image_url\", image_url: {url}} parts.";
        }

        return Task.CompletedTask;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Common;

/// <summary>Members of an enumeration by their domain names.</summary>
internal sealed class SnakeCaseEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Named<>).MakeGenericType(typeToConvert))!;

    private sealed class Named<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && SnakeCase<TEnum>.TryParse(reader.GetString(), out var value)
                ? value
                : throw new JsonException($"Give one of {SnakeCase<TEnum>.Choices}.");

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(SnakeCase<TEnum>.Of(value));
    }
}

/// <summary>A set of uses as the list of their names.</summary>
internal sealed class UsesConverter : JsonConverter<Uses>
{
    public override Uses Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UseNames.TryParse(JsonSerializer.Deserialize<string?[]>(ref reader, options) ?? [null], out var uses)
            ? uses
            : throw new JsonException($"Uses are {UseNames.Choices}.");

    public override void Write(Utf8JsonWriter writer, Uses value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in UseNames.Of(value)) writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}

/// <summary>Times in UTC, to the microsecond: as exact as every store keeps them.</summary>
internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
}

/// <summary>Text that is JSON, embedded as the JSON it is.</summary>
internal sealed class EmbeddedJsonConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return CompactJson.Write(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}

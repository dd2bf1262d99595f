using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Application.Common;

namespace Mirion.Generation.Api.Json;

/// <summary>JSON over HTTP: as the domain writes it, and strict about what comes in, so that a typo never passes silently.</summary>
internal static class ApiJson
{
    /// <summary>Sets the host's options, which it makes itself, to <see cref="DomainJson.Options"/>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        var domain = DomainJson.Options;
        options.PropertyNamingPolicy = domain.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = domain.PropertyNameCaseInsensitive;
        options.NumberHandling = domain.NumberHandling;
        options.Encoder = domain.Encoder;
        options.MaxDepth = domain.MaxDepth;
        options.RespectNullableAnnotations = domain.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = domain.RespectRequiredConstructorParameters;
        options.TypeInfoResolver = domain.TypeInfoResolver;
        foreach (var converter in domain.Converters) options.Converters.Add(converter);

        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
    }
}

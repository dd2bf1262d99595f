using Microsoft.Net.Http.Headers;
using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>States of pairs as entity tags (RFC 9110, section 8.8.3).</summary>
internal static class PairTags
{
    /// <summary>Sends the state of a pair with a response.</summary>
    public static void Tag(this HttpResponse response, QAPair pair) => response.Headers.ETag = $"\"{PairTag.Of(pair)}\"";

    /// <summary>The states that a request is meant for; null when it is meant for any.</summary>
    public static Result<ExpectedTags> Read(string? ifMatch)
    {
        if (ifMatch is null) return new ExpectedTags(null);
        if (!EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags)) return Error.InvalidField("If-Match", "Give the ETag that the pair was read with, in its quotes.");
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))) return new ExpectedTags(null);
        // A weak tag promises too little to be matched.
        return new ExpectedTags([.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))]);
    }

    /// <summary>The states that a request is meant for.</summary>
    /// <param name="Tags">Any of these; null for whatever state there is.</param>
    internal sealed record ExpectedTags(IReadOnlyCollection<string>? Tags);
}

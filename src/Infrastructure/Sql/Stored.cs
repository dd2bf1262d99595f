using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>What a store kept, made into the domain's own again.</summary>
internal static class Stored
{
    /// <summary>The value, which was legal when it was stored.</summary>
    /// <exception cref="FormatException">It is not legal; somebody else changed the store.</exception>
    public static T Legal<T>(this Result<T> restored, string what)
        where T : notnull =>
        restored.TryGet(out var value, out var error) ? value : throw new FormatException($"The stored {what} is illegal: {error.Message}");
}

namespace Mirion.Generation.Application.Common;

/// <summary>Ids for what nobody named.</summary>
internal static class NewId
{
    /// <summary>A UUID that sorts by the time it was made.</summary>
    public static string At(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString();
}

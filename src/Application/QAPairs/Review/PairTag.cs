using System.Globalization;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.QAPairs.Review;

/// <summary>Names one state of a pair: another one for every decision, and for a pair that was generated again.</summary>
public static class PairTag
{
    /// <summary>The tag of the pair as it is.</summary>
    public static string Of(QAPair pair) => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Id.Value:N}-{(pair.State.CreatedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond:x}-{pair.Revision}");
}

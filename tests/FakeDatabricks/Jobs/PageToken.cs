using System.Globalization;
using System.Text;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>Where the next page starts, in a form that nobody can count with.</summary>
internal static class PageToken
{
    public static string Of(int start) => Convert.ToBase64String(Encoding.UTF8.GetBytes(start.ToString(CultureInfo.InvariantCulture)));

    public static bool TryRead(string? token, out int start)
    {
        start = 0;
        if (string.IsNullOrEmpty(token)) return true;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(Encoding.UTF8.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out start);
    }
}

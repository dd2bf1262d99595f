using System.Globalization;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Mirion.Generation.Application.Schemas;

/// <summary>Places in JSON, written as JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    private const string Unnamed = "*";

    /// <summary>A name as a pointer holds it.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A name from a pointer that stands in a URI's fragment.</summary>
    public static string FromFragment(string segment) =>
        Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>Where <paramref name="token"/> stands. A name that is not among <paramref name="names"/> may be anybody's, and is written <c>*</c>.</summary>
    public static string To(JToken token, IReadOnlySet<string> names)
    {
        var pointer = new StringBuilder();
        for (var at = token; at is not null; at = at.Parent)
        {
            if (at is JProperty property) pointer.Insert(0, names.Contains(property.Name) ? Escape(property.Name) : Unnamed).Insert(0, '/');
            else if (at.Parent is JArray list) pointer.Insert(0, list.IndexOf(at).ToString(CultureInfo.InvariantCulture)).Insert(0, '/');
        }

        return pointer.ToString();
    }
}

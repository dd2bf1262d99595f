using System.Text;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Cuts a list of texts into lists that a statement can carry as one value: a warehouse takes about a megabyte of values.</summary>
internal static class TextBatches
{
    private const int MostBytes = 700_000;

    /// <summary>The lists, in order; none for none.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="mostBytes">The most that a list may take as JSON.</param>
    public static IEnumerable<IReadOnlyList<string>> Of(IEnumerable<string> texts, int mostBytes = MostBytes)
    {
        var (batch, bytes) = (new List<string>(), 0);
        foreach (var text in texts)
        {
            var size = SizeOf(text);
            if (batch.Count > 0 && bytes + size > mostBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(text);
            bytes += size;
        }

        if (batch.Count > 0) yield return batch;
    }

    // Quotes and a comma around it; a control character is written as six.
    private static int SizeOf(string text) => Encoding.UTF8.GetByteCount(text) + 3 + text.Sum(c => c < ' ' ? 5 : c is '"' or '\\' ? 1 : 0);
}

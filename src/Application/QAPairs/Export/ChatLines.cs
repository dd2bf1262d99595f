using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.QAPairs.Export;

/// <summary>Pairs as chat JSON Lines, as fine-tuning takes them: <c>{"messages":[{"role":…,"content":…},…]}</c>, one pair a line.</summary>
public static class ChatLines
{
    /// <summary>Writes pairs as they come. Lines end in a line feed on every system.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<QAPair> pairs, TextWriter writer, CancellationToken cancellationToken)
    {
        await foreach (var pair in pairs.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync($"{DomainJson.Write(new Line(pair.State.Conversation.Messages))}\n".AsMemory(), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    private sealed record Line(IReadOnlyList<ChatMessage> Messages);
}

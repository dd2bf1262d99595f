namespace Mirion.Generation.Domain.QAPairs;

/// <summary>What one turn of a chat says: text, or text with images.</summary>
public sealed record MessageContent
{
    private MessageContent(string text, IReadOnlyList<string> imageUrls) => (Text, ImageUrls) = (text, imageUrls);

    /// <summary>The text; empty only where images say it all.</summary>
    public string Text { get; }

    /// <summary>The images that follow the text: <c>/Volumes/...</c> paths in a stored pair.</summary>
    public IReadOnlyList<string> ImageUrls { get; }

    /// <summary>Text with images after it.</summary>
    public static MessageContent Of(string text, params IReadOnlyList<string> imageUrls) => new(text, imageUrls);

    /// <summary>Compares text and images in order.</summary>
    public bool Equals(MessageContent? other) => other is not null && Text == other.Text && ImageUrls.SequenceEqual(other.ImageUrls, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Text, ImageUrls.Count);
}

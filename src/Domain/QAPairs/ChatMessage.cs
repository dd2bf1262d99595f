namespace Mirion.Generation.Domain.QAPairs;

/// <summary>Who speaks in a turn of a chat.</summary>
public enum ChatRole
{
    /// <summary>Standing instructions.</summary>
    System,

    /// <summary>The question.</summary>
    User,

    /// <summary>The answer.</summary>
    Assistant,
}

/// <summary>One turn of a chat.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">What is said.</param>
public sealed record ChatMessage(ChatRole Role, MessageContent Content);

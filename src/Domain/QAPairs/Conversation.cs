namespace Mirion.Generation.Domain.QAPairs;

/// <summary>The chat example a pair is: an optional system turn, the question, and the answer once there is one.</summary>
/// <param name="System">Standing instructions, or null.</param>
/// <param name="User">The question.</param>
/// <param name="Assistant">The answer, or null while there is none; never blank.</param>
public sealed record Conversation(string? System, MessageContent User, string? Assistant = null)
{
    /// <summary>The turns in order.</summary>
    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            var messages = new List<ChatMessage>(3);
            if (System is not null) messages.Add(new ChatMessage(ChatRole.System, MessageContent.Of(System)));
            messages.Add(new ChatMessage(ChatRole.User, User));
            if (Assistant is not null) messages.Add(new ChatMessage(ChatRole.Assistant, MessageContent.Of(Assistant)));
            return messages;
        }
    }

    /// <summary>The conversation that <paramref name="messages"/> are.</summary>
    /// <exception cref="FormatException">They are not [system?, user, assistant?].</exception>
    public static Conversation From(IReadOnlyList<ChatMessage> messages)
    {
        var roles = messages.Select(message => message.Role).ToArray();
        var system = roles is [ChatRole.System, ..] ? 1 : 0;
        if (roles[system..] is not ([ChatRole.User] or [ChatRole.User, ChatRole.Assistant]))
        {
            throw new FormatException("A conversation is a system turn (if any), a user turn and an assistant turn (if any).");
        }

        return new Conversation(
            system == 1 ? messages[0].Content.Text : null,
            messages[system].Content,
            messages.Count > system + 1 ? messages[system + 1].Content.Text : null);
    }
}

using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Domain.UnitTests.QAPairs;

public sealed class ConversationTests
{
    private static readonly MessageContent Question = MessageContent.Of("Which defect?", "/Volumes/a/b/c/1.png", "/Volumes/a/b/c/2.png");

    private static readonly Conversation Whole = new("Be brief.", Question, "scratch");

    private static readonly TestCaseData[] Every =
        [Case.Of(Whole), Case.Of(Whole with { System = null }), Case.Of(Whole with { Assistant = null }), Case.Of(new Conversation(null, Question))];

    private static readonly ChatRole[][] NoConversation =
    [
        [], [ChatRole.System], [ChatRole.Assistant], [ChatRole.User, ChatRole.User], [ChatRole.User, ChatRole.System], [ChatRole.System, ChatRole.Assistant],
        [ChatRole.System, ChatRole.System, ChatRole.User], [ChatRole.User, ChatRole.Assistant, ChatRole.User], [ChatRole.Assistant, ChatRole.User],
    ];

    [Test]
    public void Messages_WhenThereIsEveryTurn_StandInOrder()
    {
        var messages = Whole.Messages;

        Assert.That(messages.Select(message => message.Role), Is.EqualTo(new[] { ChatRole.System, ChatRole.User, ChatRole.Assistant }));
        Assert.That(messages.Select(message => message.Content), Is.EqualTo(new[] { MessageContent.Of("Be brief."), Question, MessageContent.Of("scratch") }));
    }

    [Test]
    public void Messages_WhenThereIsNoSystemTurnAndNoAnswer_AreTheQuestionAlone() =>
        Assert.That(new Conversation(null, Question).Messages, Is.EqualTo(new[] { new ChatMessage(ChatRole.User, Question) }));

    [TestCaseSource(nameof(Every))]
    public void From_WhenGivenItsOwnMessages_IsTheSameConversation(Conversation conversation) =>
        Assert.That(Conversation.From(conversation.Messages), Is.EqualTo(conversation));

    [TestCaseSource(nameof(NoConversation))]
    public void From_WhenTheTurnsAreNoConversation_Throws(ChatRole[] roles) =>
        Assert.That(() => Conversation.From([.. roles.Select(role => new ChatMessage(role, Question))]), Throws.TypeOf<FormatException>());

    [Test]
    public void Equals_WhenContentIsTheSame_IsTrueWhateverHoldsIt()
    {
        var same = MessageContent.Of("Which defect?", new List<string> { "/Volumes/a/b/c/1.png", "/Volumes/a/b/c/2.png" });

        Assert.That(same, Is.EqualTo(Question));
        Assert.That(same.GetHashCode(), Is.EqualTo(Question.GetHashCode()));
    }

    [Test]
    public void Equals_WhenTextOrAnImageDiffers_IsFalse() => Assert.Multiple(() =>
    {
        Assert.That(MessageContent.Of("Which?", [.. Question.ImageUrls]), Is.Not.EqualTo(Question));
        Assert.That(MessageContent.Of(Question.Text, [.. Question.ImageUrls.Reverse()]), Is.Not.EqualTo(Question));
        Assert.That(MessageContent.Of(Question.Text), Is.Not.EqualTo(Question));
    });
}

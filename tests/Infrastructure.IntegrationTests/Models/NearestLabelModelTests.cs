using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Infrastructure.Models.Embedded;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class NearestLabelModelTests
{
    private static readonly ModelSettings Settings = new("llama3", 0.7, 100);

    [Test]
    public async Task AttemptAsync_WhenSeveralItemsAreLabelled_AnswersWithTheMostSimilarOne()
    {
        var reply = await AskAsync(Example("far", "a", 0.1), Example("near", "b", 0.8), Example("middle", "c", 0.5));

        Assert.That(reply.Answer, Is.EqualTo("near"));
    }

    [Test]
    public async Task AttemptAsync_WhenItemsAreEquallySimilar_AnswersWithTheFirst()
    {
        var reply = await AskAsync(Example("first", "a", 0), Example("second", "b", 0));

        Assert.That(reply.Answer, Is.EqualTo("first"));
    }

    [Test]
    public async Task AttemptAsync_WhenOnlyTheTemplateBringsExamples_HasNoAnswer()
    {
        var reply = await AskAsync(new PromptExample(MessageContent.Of("example"), "form"));

        Assert.That(reply.Error!.Code, Is.EqualTo("no_examples"));
        Assert.That(reply.Error.Message, Does.Contain("label some items").And.Contain("FoundationModel:BaseUrl"));
    }

    [Test]
    public async Task AttemptAsync_Always_ReportsThatNothingWentOverAWire()
    {
        var reply = await AskAsync(Example("near", "a", 0.8));

        Assert.That((reply.Model, reply.Sent, reply.PromptTokens, reply.CompletionTokens), Is.EqualTo(("nearest-label", (ModelSettings?)null, (int?)null, (int?)null)));
    }

    [Test]
    public async Task CheckAsync_WhenNoModelIsNamed_DoesNotMind() =>
        Assert.That(await new NearestLabelModel().CheckAsync(null, CancellationToken.None), Is.Null);

    [Test]
    public void LeastExamples_Always_IsOne() => Assert.That(new NearestLabelModel().LeastExamples, Is.EqualTo(1));

    [Test]
    public void HeedsCorrections_Never_AsItWouldCopyTheSameLabelAgain() => Assert.That(new NearestLabelModel().HeedsCorrections, Is.False);

    private static PromptExample Example(string answer, string item, double similarity) => new(MessageContent.Of("question"), answer, item, similarity);

    private static async Task<ModelReply> AskAsync(params PromptExample[] examples) =>
        (await new NearestLabelModel().AttemptAsync(new ModelPrompt(null, examples, MessageContent.Of("question")), Settings, CancellationToken.None)).Reply!;
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="IFoundationModel"/> keeps, however it answers.</summary>
public abstract class FoundationModelContract
{
    /// <summary>The settings the suite asks with.</summary>
    protected static readonly ModelSettings Settings = new("contract-model", 0, 256);

    /// <summary>The adapter.</summary>
    protected abstract IFoundationModel Model { get; }

    /// <summary>A prompt that the adapter answers with <paramref name="answer"/>.</summary>
    protected abstract ModelPrompt PromptFor(string answer);

    /// <summary>A prompt that the adapter, by itself or by what it is wired to, cannot answer.</summary>
    protected abstract ModelPrompt PromptWithoutAnswer();

    [Test]
    public async Task CheckAsync_WhenTheEndpointIsThere_HasNothingAgainstIt() =>
        Assert.That(await Model.CheckAsync(Settings.Model, CancellationToken.None), Is.Null);

    [Test]
    public void Endpoint_Always_NamesWhatIsShared() => Assert.That(Model.Endpoint, Is.Not.Empty);

    [Test]
    public async Task AttemptAsync_WhenAnswered_ReportsTheAnswerAndNoError()
    {
        var reply = await ReplyAsync(PromptFor("scratch"));

        Assert.That(reply.Error, Is.Null);
        Assert.That(reply.Answer, Is.EqualTo("scratch"));
        Assert.That(reply.Model, Is.Not.Empty);
        Assert.That(reply.FinishReason, Is.EqualTo("stop"));
    }

    [TestCase("naïve 漢字 😀 \"quoted\" \\ \t tab")]
    [TestCase("{\"defect\":\"scratch\",\"size\":1.50}")]
    public async Task AttemptAsync_WhenTheAnswerIsOddText_KeepsItAsItIs(string answer)
    {
        var reply = await ReplyAsync(PromptFor(answer));

        Assert.That(reply.Answer, Is.EqualTo(answer));
    }

    [Test]
    public async Task AttemptAsync_WhenThereIsNoAnswer_SaysWhyAndAnswersNothing()
    {
        var reply = await ReplyAsync(PromptWithoutAnswer());

        Assert.That(reply.Answer, Is.Null);
        Assert.That(reply.Error!.Code, Does.Match("^[a-z_]+$"));
        Assert.That(reply.Error.Message, Is.Not.Empty);
        Assert.That(reply.Model, Is.Not.Empty);
    }

    [Test]
    public async Task AttemptAsync_WhenManyAskAtOnce_GivesEachItsOwnAnswer()
    {
        var answers = Enumerable.Range(0, 200).Select(number => $"answer {number}").ToArray();

        var replies = await Task.WhenAll(answers.Select(answer => ReplyAsync(PromptFor(answer))));

        Assert.That(replies.Select(reply => reply.Answer), Is.EqualTo(answers));
    }

    [Test]
    public async Task AttemptAsync_WhenTheCallerHasLeft_Stops()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        Assert.That(async () => await Model.AttemptAsync(PromptFor("scratch"), Settings, gone.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task<ModelReply> ReplyAsync(ModelPrompt prompt)
    {
        var attempt = await Model.AttemptAsync(prompt, Settings, CancellationToken.None);
        Assert.That((attempt.Fate, attempt.Sent), Is.EqualTo((AttemptFate.Answered, attempt.Reply?.Sent)));
        return attempt.Reply!;
    }

    /// <summary>A prompt with just a question.</summary>
    protected static ModelPrompt Question(string text) => new(null, [], MessageContent.Of(text));
}

using System.Collections.Concurrent;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAICircuitTests : ModelServerFixture
{
    [Test]
    public async Task AskAsync_WhenNothingSucceedsForAnybody_EndsTheRun()
    {
        Server.Always(ChatReplies.Status(503));

        var outcomes = await AskManyAsync(Calls(), EndpointHealth.FailuresOfTheDead);

        var thrown = outcomes.OfType<UpstreamException>().ToList();
        Assert.That(thrown, Is.Not.Empty);
        Assert.That(thrown[0].Code, Is.EqualTo("foundation_model_failed"));
        Assert.That(thrown[0].Message, Does.Contain("HTTP 503").And.Contain("resume"));
    }

    [Test]
    public async Task AskAsync_WhenNobodyIsThereForAnybody_EndsTheRunAsUnavailable()
    {
        await using var host = ModelHost.With(Clock, ("BaseUrl", "http://127.0.0.1:9/v1"), ("TimeoutSeconds", "3600"));

        var outcomes = await AskManyAsync(host.Calls, 10);

        Assert.That(outcomes.OfType<UpstreamException>().First().Fault, Is.EqualTo(UpstreamFault.Unavailable));
    }

    [Test]
    public async Task AskAsync_WhenFewQuestionsFail_FailsThemAlone()
    {
        Server.Always(ChatReplies.Status(500));

        var outcomes = await AskManyAsync(Calls(), 3);

        Assert.That(outcomes.Select(outcome => (outcome as ModelReply)?.Error?.Code), Is.All.EqualTo("retries_exhausted"));
    }

    [Test]
    public async Task AskAsync_WhenOthersAreAnsweredMeanwhile_FailsTheItemAlone()
    {
        // No attempt helps the bad questions, and during each of them somebody else is answered: so many at once that the gate has room for that.
        var calls = Calls();
        Server.Always(call => call.Question == "good" ? ChatReplies.Answer("fine") : async (_, context) =>
        {
            await calls.AskAsync(Question("good"), Settings, CancellationToken.None);
            context.Response.StatusCode = 500;
        });

        var outcomes = await AskManyAsync(calls, EndpointHealth.FailuresOfTheDead, "bad");

        Assert.That(outcomes.Select(outcome => (outcome as ModelReply)?.Error?.Code), Is.All.EqualTo("retries_exhausted"));
    }

    [Test]
    public async Task AskAsync_WhenEverythingIsThrottled_FailsItemsButNotTheRun()
    {
        Server.Always(ChatReplies.Status(429));

        var outcomes = await AskManyAsync(Calls(), EndpointHealth.FailuresOfTheDead);

        Assert.That(outcomes.Select(outcome => (outcome as ModelReply)?.Error?.Code), Is.All.EqualTo("retries_exhausted"));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointComesBack_AnswersEverybody()
    {
        // Two failures for each question are far more than the dead make.
        var attempts = new ConcurrentDictionary<string, int>();
        Server.Always(call => attempts.AddOrUpdate(call.Question, 1, (_, count) => count + 1) <= 2 ? ChatReplies.Status(503) : ChatReplies.Answer("well again"));
        var calls = Calls();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => OutcomeAsync(calls, $"question {number}")));

        Assert.That(outcomes.Select(outcome => (outcome as ModelReply)?.Answer), Is.All.EqualTo("well again"));
    }

    private static Task<object[]> AskManyAsync(ModelCalls calls, int count, string question = "question") =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => OutcomeAsync(calls, question)));

    private static async Task<object> OutcomeAsync(ModelCalls calls, string question)
    {
        try
        {
            return await calls.AskAsync(Question(question), Settings, CancellationToken.None);
        }
        catch (UpstreamException e)
        {
            return e;
        }
    }
}

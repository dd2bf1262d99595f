using System.Collections.Concurrent;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>What a <see cref="FakeFoundationModel"/> was asked.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Settings">The settings that came with it.</param>
public sealed record AskedQuestion(ModelPrompt Prompt, ModelSettings Settings);

/// <summary>
/// A model that answers by function and remembers what it was asked. Unless told otherwise it answers every question with
/// <c>answer to </c> and the question.
/// </summary>
public sealed class FakeFoundationModel : IFoundationModel
{
    private readonly ConcurrentQueue<AskedQuestion> _asked = new();
    private Func<AskedQuestion, CancellationToken, Task<ModelAttempt>> _attempts = (question, _) =>
        Task.FromResult(ModelAttempt.Answered(Reply(question, $"answer to {question.Prompt.Question.Text}")));
    private int _checks;
    private int _inFlight;
    private int _mostInFlight;

    /// <inheritdoc />
    public string Endpoint { get; init; } = "fake-model";

    /// <inheritdoc />
    public int LeastExamples { get; init; }

    /// <inheritdoc />
    public bool HeedsCorrections { get; init; } = true;

    /// <summary>What <see cref="CheckAsync"/> says.</summary>
    public Error? Refusal { get; set; }

    /// <summary>Every question, in the order they came.</summary>
    public IReadOnlyList<AskedQuestion> Asked => [.. _asked];

    /// <summary>How many questions came.</summary>
    public int Calls => _asked.Count;

    /// <summary>How often the endpoint was checked.</summary>
    public int Checks => _checks;

    /// <summary>The most questions that were open at once.</summary>
    public int MostInFlight => _mostInFlight;

    /// <summary>A good reply to <paramref name="question"/>.</summary>
    public static ModelReply Reply(AskedQuestion question, string answer) => new()
    {
        Model = question.Settings.Model ?? "fake",
        Answer = answer,
        Sent = question.Settings,
        FinishReason = "stop",
        PromptTokens = 10,
        CompletionTokens = 5,
    };

    /// <summary>A reply that says why <paramref name="question"/> has no answer.</summary>
    public static ModelReply Failure(AskedQuestion question, string code, string message = "The fake model failed.") => new()
    {
        Model = question.Settings.Model ?? "fake",
        Error = new GenerationError(code, message),
        Sent = question.Settings,
    };

    /// <summary>Answers with <paramref name="answer"/> of the prompt from now on.</summary>
    public FakeFoundationModel Answers(Func<ModelPrompt, string> answer) => Replies(question => Reply(question, answer(question.Prompt)));

    /// <summary>Replies with <paramref name="reply"/> of the question from now on; the function may throw.</summary>
    public FakeFoundationModel Replies(Func<AskedQuestion, ModelReply> reply) => Replies((question, _) => Task.FromResult(reply(question)));

    /// <summary>Replies with <paramref name="reply"/> of the question from now on; for questions that are to wait.</summary>
    public FakeFoundationModel Replies(Func<AskedQuestion, CancellationToken, Task<ModelReply>> reply) =>
        Attempts(async (question, ct) => ModelAttempt.Answered(await reply(question, ct)));

    /// <summary>Has every attempt come to what <paramref name="attempt"/> says from now on.</summary>
    public FakeFoundationModel Attempts(Func<AskedQuestion, CancellationToken, Task<ModelAttempt>> attempt)
    {
        _attempts = attempt;
        return this;
    }

    /// <summary>Fails those questions for which <paramref name="which"/> holds with an item error, and leaves the others as they were.</summary>
    public FakeFoundationModel Fails(string code, Func<ModelPrompt, bool> which)
    {
        var others = _attempts;
        return Attempts((question, ct) => which(question.Prompt) ? Task.FromResult(ModelAttempt.Answered(Failure(question, code))) : others(question, ct));
    }

    /// <summary>Throws what <paramref name="exception"/> makes for those questions for which <paramref name="which"/> holds.</summary>
    public FakeFoundationModel Throws(Func<Exception> exception, Func<ModelPrompt, bool> which)
    {
        var others = _attempts;
        return Attempts((question, ct) => which(question.Prompt) ? throw exception() : others(question, ct));
    }

    /// <summary>Holds every question back until <paramref name="gate"/> completes.</summary>
    public FakeFoundationModel WaitsFor(Task gate)
    {
        var others = _attempts;
        return Attempts(async (question, ct) =>
        {
            await gate.WaitAsync(ct);
            return await others(question, ct);
        });
    }

    /// <inheritdoc />
    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _checks);
        return Task.FromResult(Refusal);
    }

    /// <inheritdoc />
    public async Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new AskedQuestion(prompt, settings);
        _asked.Enqueue(question);
        HighWater.Raise(ref _mostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            return await _attempts(question, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>The endpoint as one process reaches it.</summary>
internal sealed class EndpointConnection(World world, SimulatedEndpoint endpoint, Watch watch, Scheduler scheduler, Lane lane) : IFoundationModel
{
    private const int OutputTokens = 40;
    private int _inFlight;

    public string Endpoint => "simulated";

    public int LeastExamples => 0;

    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken) =>
        Task.FromResult(endpoint.IsLocked ? new Error(ErrorKind.Upstream, UpstreamException.FoundationModelFailed, "The endpoint refuses the credentials.") : null);

    public async Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = prompt.Question.Text;
        watch.Asks(question, ++_inFlight);
        var sent = scheduler.Now;
        try
        {
            var outcome = ReferenceModel.OutcomeOf(world, question);
            var verdict = endpoint.Arrive(question.Length + 20 * prompt.Examples.Count, OutputTokens);
            scheduler.History.Note(scheduler.Now, lane.Name, question, verdict.Status);
            if (verdict is { Status: 0, Fault: null, IsLocked: false } && outcome is Outcome.Answer or Outcome.WrongAtFirst or Outcome.AlwaysWrong) watch.Answers(question);
            if (verdict.Fault is not Fault.Refused) watch.Reaches(lane.Name);
            if (verdict.Status > 0) watch.Rejected++;
            if (verdict.Takes > TimeSpan.Zero) await Task.Delay(verdict.Takes, lane.Clock, cancellationToken);
            else await Task.Yield();
            var isWrong = outcome is Outcome.AlwaysWrong || (outcome is Outcome.WrongAtFirst && prompt.Wrong is null);
            if (prompt.Wrong is { } wrong && (wrong.Answer != ReferenceModel.WrongAnswer || !world.HasSchema)) scheduler.Fail($"A model was told that this is wrong: {wrong.Answer}");
            var attempt = Read(verdict, outcome, question, isWrong ? ReferenceModel.WrongAnswer : ReferenceModel.AnswerTo(question), settings);
            if (attempt.Reply is not null) watch.Took(lane.Name, sent, question.Length + OutputTokens);
            return attempt;
        }
        finally
        {
            _inFlight--;
        }
    }

    private static ModelAttempt Read(Verdict verdict, Outcome outcome, string question, string answer, ModelSettings settings)
    {
        if (verdict.IsLocked) throw new UpstreamException(UpstreamException.FoundationModelFailed, "The endpoint refuses the credentials (HTTP 401).");
        if (verdict.Status > 0) return Failed(verdict.Status, verdict.RetryAfter, settings);
        return verdict.Fault switch
        {
            Fault.Status408 => Failed(408, null, settings),
            Fault.Status429 => Failed(429, verdict.RetryAfter, settings),
            Fault.Status500 => Failed(500, null, settings),
            Fault.Status502 => Failed(502, null, settings),
            Fault.Status503 => Failed(503, verdict.RetryAfter, settings),
            Fault.Status504 => Failed(504, null, settings),
            Fault.Refused => Broken("a refused connection", UpstreamFault.Unavailable, sent: null),
            Fault.Reset or Fault.CutInReply => Broken("a connection that broke off", UpstreamFault.Unavailable, settings),
            Fault.Timeout => Broken("no answer in time", UpstreamFault.TimedOut, settings),
            Fault.Garbage or Fault.EmptyBody => Broken("a body that is no answer", UpstreamFault.Failed, settings),
            _ => Answered(outcome, question, answer, settings),
        };
    }

    private static ModelAttempt Answered(Outcome outcome, string question, string answer, ModelSettings settings)
    {
        var error = outcome switch
        {
            Outcome.CutOff => "length",
            Outcome.Filtered => "content_filter",
            Outcome.Empty => "empty_answer",
            _ => null,
        };
        if (outcome is Outcome.Refused) return ModelAttempt.Refused("HTTP 400") with { Sent = settings };
        return ModelAttempt.Answered(new ModelReply
        {
            Model = "simulated",
            Answer = error is null ? answer : null,
            Error = error is null ? null : new GenerationError(error, "The model gave no answer."),
            Sent = settings,
            FinishReason = "stop",
            PromptTokens = question.Length,
            CompletionTokens = OutputTokens,
        });
    }

    private static ModelAttempt Failed(int status, TimeSpan? retryAfter, ModelSettings settings) =>
        ModelAttempt.TryAgain($"HTTP {status}") with { Status = status, RetryAfter = retryAfter, Sent = settings };

    private static ModelAttempt Broken(string what, UpstreamFault fault, ModelSettings? sent) => ModelAttempt.TryAgain(what) with { Fault = fault, Sent = sent };
}

using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>What came of seeking an item's answer.</summary>
/// <param name="Reply">The reply, or why nothing could be asked.</param>
/// <param name="Kept">Where the journal has it.</param>
internal readonly record struct SoughtAnswer(Result<ModelReply> Reply, KeptAnswer? Kept);

/// <summary>
/// Gets answers that match the template's schema, where there is one: a model whose answer does not match is told what is wrong and asked once more. An answer is paid for
/// once, whatever becomes of the process, so each goes into the journal as the model wrote it, before it is looked at.
/// </summary>
/// <param name="calls">What asks the model.</param>
/// <param name="images">What puts the bytes of images into a question.</param>
/// <param name="journal">Where answers are kept until their pairs are stored.</param>
/// <param name="settings">How it is asked.</param>
/// <param name="schema">What answers must match; null where anything will do.</param>
internal sealed class MatchingAnswers(ModelCalls calls, PromptImages images, IRunJournal journal, ModelSettings settings, OutputSchema? schema)
{
    /// <summary>The answer to an item's question.</summary>
    /// <param name="item">The item.</param>
    /// <param name="hash">The fingerprint of its question.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="stages">What stops it.</param>
    public async Task<SoughtAnswer> FindAsync(ItemRef item, string hash, ModelPrompt prompt, RunStages stages)
    {
        // Paid for by a run that died before its pair was stored, and never counted.
        var first = journal.Find(item, hash, settings) is { } paid ? new SoughtAnswer(paid.Reply, paid) : await AskAsync(item, hash, prompt, stages);
        if (schema is null || !first.Reply.TryGet(out var reply, out _) || reply.Answer is null) return first;
        if (FaultOf(reply, out var matching) is not { } fault) return first with { Reply = matching };
        // Two calls stand behind a reply that a run left when it died after the second.
        if (reply.Calls > 1 || !calls.HeedsCorrections) return first with { Reply = Flagged(reply, fault) };
        return await AskAgainAsync(item, hash, prompt with { Wrong = new WrongAnswer(reply.Answer, Correction(fault)) }, first.Kept, reply, stages);
    }

    private async Task<SoughtAnswer> AskAgainAsync(ItemRef item, string hash, ModelPrompt prompt, KeptAnswer? kept, ModelReply first, RunStages stages)
    {
        var second = await AskAsync(item, hash, prompt, stages, first);
        if (!second.Reply.TryGet(out var reply, out _) || reply.Answer is null) return second with { Kept = kept };
        // The journal has both by now, and would find the later one.
        kept?.Stored();
        return second with { Reply = FaultOf(reply, out var matching) is { } fault ? Flagged(reply, fault) : matching };
    }

    private async Task<SoughtAnswer> AskAsync(ItemRef item, string hash, ModelPrompt prompt, RunStages stages, ModelReply? first = null)
    {
        if (!(await images.InlineAsync(prompt, stages.Begin)).TryGet(out var shown, out var unreadable)) return new(unreadable, Kept: null);
        var reply = await calls.AskAsync(shown, settings, stages.Stop, stages.Begin);
        if (first is not null) reply = reply.After(first);
        // What has no answer is asked again by whoever goes on, journal or not.
        return new(reply, reply.Answer is null ? null : await journal.KeepAsync(item, hash, reply));
    }

    private SchemaFault? FaultOf(ModelReply reply, out ModelReply matching)
    {
        var fault = schema!.ReadWritten(reply.Answer!, out var answer);
        matching = reply with { Answer = answer };
        return fault;
    }

    private static ModelReply Flagged(ModelReply reply, SchemaFault fault) => reply with { Answer = null, Error = GenerationErrors.AnswerMismatch(fault, reply.Calls) };

    private static string Correction(SchemaFault fault) =>
        $"That answer does not match the JSON Schema it must follow: {fault}. Answer the question again with nothing but JSON that matches.";
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Prompts.Engine;
using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>A pair that is done, and what it took.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Replaces">Whether it takes the place of one that an earlier run failed to generate.</param>
/// <param name="Work">What it took.</param>
/// <param name="Kept">The answer in the journal, to be let go once the pair is stored; null for a pair without a journaled answer.</param>
internal readonly record struct FinishedPair(QAPair Pair, bool Replaces, GenerationStatistics Work, KeptAnswer? Kept = null);

/// <summary>An item that a model must be asked about.</summary>
/// <param name="Item">The item.</param>
/// <param name="Question">What to ask.</param>
/// <param name="Replaces">Whether its pair takes the place of one that an earlier run failed to generate.</param>
internal sealed record OpenItem(SheetItem Item, ItemQuestion Question, bool Replaces);

/// <summary>Makes the pairs of one run.</summary>
/// <param name="sheet">What they belong to.</param>
/// <param name="schema">What answers that stand in a column must match; null where anything will do.</param>
/// <param name="clock">The time.</param>
internal sealed class PairMaker(TrainingSheet sheet, OutputSchema? schema, TimeProvider clock)
{
    private static readonly GenerationStatistics Reused = new() { CanonicalReused = 1 };
    private static readonly GenerationStatistics Draft = new() { ModelGenerated = 1 };
    private static readonly GenerationStatistics Failure = new() { FailedItems = 1 };
    private static readonly GenerationStatistics NoWork = new();

    private readonly GenerationRecipe _recipe = sheet.Recipe;

    /// <summary>The pair of an item that needs no model; null when one must be asked.</summary>
    public FinishedPair? WithoutModel(SheetItem item, ItemQuestion question, CanonicalLabel? label, bool replaces)
    {
        if (question.Error is { } error) return Failed(item, question, error, replaces);
        if (label is not null) return new(QAPair.FromCanonicalLabel(Origin(item, question, Unsent(question)), label), replaces, Reused);
        if (question.IsBlank) return Failed(item, question, GenerationErrors.EmptyPromptData, replaces);
        return _recipe.Config.LabelingMode switch
        {
            LabelingMode.Manual => new(QAPair.AwaitingAnswer(Origin(item, question, Unsent(question))), replaces, NoWork),
            LabelingMode.ExistingColumn => FromColumn(item, question, replaces),
            _ => null,
        };
    }

    /// <summary>The pair a model drafted, or failed to.</summary>
    public FinishedPair FromReply(OpenItem open, ModelReply reply, GenerationMetadata asked)
    {
        var metadata = Answered(asked, reply) with
        {
            PromptTokens = reply.PromptTokens,
            CompletionTokens = reply.CompletionTokens,
            LatencyMs = (long)reply.Elapsed.TotalMilliseconds,
            Attempts = reply.Attempts,
        };
        return Drafted(open, reply, metadata, Drafting(reply) with
        {
            ModelCalls = reply.Calls,
            Retries = reply.Attempts - reply.Calls,
            PromptTokens = reply.PromptTokens ?? 0,
            CompletionTokens = reply.CompletionTokens ?? 0,
        });
    }

    /// <summary>The pair of an item whose question is that of <paramref name="item"/>, and was asked for it alone. What that took is counted there.</summary>
    public FinishedPair FromShared(OpenItem open, ModelReply reply, GenerationMetadata asked, string item) =>
        Drafted(open, reply, Answered(asked, reply) with { SharedWith = item }, Drafting(reply));

    /// <summary>The pair of an item for which no call could be made.</summary>
    public FinishedPair Failed(SheetItem item, ItemQuestion question, GenerationError error, bool replaces)
    {
        var metadata = Unsent(question) with { Error = error };
        return new(QAPair.Failed(Origin(item, question, metadata), _recipe.Config.LabelingMode), replaces, Failure);
    }

    private static GenerationMetadata Answered(GenerationMetadata asked, ModelReply reply) => asked with
    {
        Model = reply.Model,
        Temperature = reply.Sent?.Temperature,
        MaxTokens = reply.Sent?.MaxTokens,
        ResponseFormat = reply.Sent?.OutputSchema is null ? null : "json_schema",
        FinishReason = reply.FinishReason,
        Error = reply.Error,
    };

    private static GenerationStatistics Drafting(ModelReply reply) => reply.Answer is null ? Failure : Draft;

    private FinishedPair Drafted(OpenItem open, ModelReply reply, GenerationMetadata metadata, GenerationStatistics work)
    {
        var origin = Origin(open.Item, open.Question, metadata);
        var pair = reply.Answer is { } answer ? QAPair.FromModel(origin, answer) : QAPair.Failed(origin, LabelingMode.AiGenerated);
        return new(pair, open.Replaces, work);
    }

    private FinishedPair FromColumn(SheetItem item, ItemQuestion question, bool replaces)
    {
        var column = _recipe.Config.ResponseColumn!;
        string? answer;
        try
        {
            answer = item.Values[column] is { } value ? ValueFormatter.Text(value) : null;
        }
        catch (RenderAbortedException aborted)
        {
            return Failed(item, question, new GenerationError(aborted.Error.Code, aborted.Error.Message), replaces);
        }

        if (string.IsNullOrWhiteSpace(answer)) return Failed(item, question, GenerationErrors.EmptyResponse(column), replaces);
        if (schema?.FaultOf(answer) is { } fault) return Failed(item, question, GenerationErrors.ColumnMismatch(column, fault), replaces);
        var trusted = _recipe.Config.TrustExisting ? new PairDecision(sheet.State.CreatedBy, clock.GetUtcNow()) : null;
        return new(QAPair.FromExistingColumn(Origin(item, question, Unsent(question)), answer, trusted), replaces, NoWork);
    }

    private GenerationMetadata Unsent(ItemQuestion question) => new()
    {
        TemplateVersion = _recipe.Template.Version,
        PromptHash = question.Error is null
            ? PromptHash.Of(new ModelPrompt(question.Conversation.System, [], question.Conversation.User), settings: null)
            : null,
    };

    private PairOrigin Origin(SheetItem item, ItemQuestion question, GenerationMetadata metadata) => new(
        sheet.Id, _recipe.Sheet.Id, item.Ref, item.SequenceNumber, question.Conversation, _recipe.Sheet.DefaultUsage, metadata, clock.GetUtcNow());
}

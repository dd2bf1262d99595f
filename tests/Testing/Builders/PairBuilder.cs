using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Builders;

/// <summary>Q&amp;A pairs, legal by default.</summary>
public static class PairBuilder
{
    /// <summary>What a pair starts from.</summary>
    public static PairOrigin Origin(
        string item = "item-1",
        long sequenceNumber = 0,
        string trainingSheet = "ts-1",
        string sheet = "inspections",
        string question = "Which defect is it?",
        string? system = null,
        IReadOnlyList<string>? images = null,
        UsagePolicy? usage = null,
        GenerationError? error = null,
        GenerationMetadata? metadata = null,
        DateTimeOffset? createdAt = null) => new(
            new TrainingSheetId(trainingSheet),
            new SheetId(sheet),
            new ItemRef(item),
            sequenceNumber,
            new Conversation(system, MessageContent.Of(question, images ?? [])),
            usage ?? UsagePolicy.Unrestricted,
            (metadata ?? new GenerationMetadata { TemplateVersion = 1 }) with { Error = error ?? metadata?.Error },
            createdAt ?? Times.Start);

    /// <summary>A pair whose answer a model drafted.</summary>
    public static QAPair FromModel(string item = "item-1", long sequenceNumber = 0, string trainingSheet = "ts-1", string answer = "scratch") =>
        QAPair.FromModel(Origin(item, sequenceNumber, trainingSheet), answer);

    /// <summary>A pair that reuses a canonical label of its item.</summary>
    public static QAPair FromLabel(string item = "item-1", long sequenceNumber = 0, string trainingSheet = "ts-1", CanonicalLabel? label = null) =>
        QAPair.FromCanonicalLabel(Origin(item, sequenceNumber, trainingSheet), label ?? LabelBuilder.Label(item));

    /// <summary>A pair that could not be generated.</summary>
    public static QAPair Failed(string item = "item-1", long sequenceNumber = 0, string trainingSheet = "ts-1", string code = "content_filter") =>
        QAPair.Failed(Origin(item, sequenceNumber, trainingSheet, error: new GenerationError(code, "The model gave no answer.")), LabelingMode.AiGenerated);

    /// <summary>A pair that waits for a person's answer.</summary>
    public static QAPair AwaitingAnswer(string item = "item-1", long sequenceNumber = 0, string trainingSheet = "ts-1") =>
        QAPair.AwaitingAnswer(Origin(item, sequenceNumber, trainingSheet));
}

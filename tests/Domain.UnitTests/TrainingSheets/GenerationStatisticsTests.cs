using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class GenerationStatisticsTests
{
    private static readonly GenerationStatistics Earlier = new()
    {
        TotalItems = 50,
        CanonicalReused = 1,
        ModelGenerated = 2,
        FailedItems = 3,
        ModelCalls = 4,
        Retries = 5,
        PromptTokens = 6,
        CompletionTokens = 7,
        DurationMs = 8,
    };

    [Test]
    public void Add_WhenThereAreTwoRuns_IsTheWorkOfBoth()
    {
        var later = new GenerationStatistics
        {
            CanonicalReused = 10,
            ModelGenerated = 20,
            FailedItems = 30,
            ModelCalls = 40,
            Retries = 50,
            PromptTokens = 60,
            CompletionTokens = 70,
            DurationMs = 80,
        };

        Assert.That(Earlier + later, Is.EqualTo(new GenerationStatistics
        {
            TotalItems = 50,
            CanonicalReused = 11,
            ModelGenerated = 22,
            FailedItems = 33,
            ModelCalls = 44,
            Retries = 55,
            PromptTokens = 66,
            CompletionTokens = 77,
            DurationMs = 88,
        }));
    }

    [Test]
    public void Add_WhenTheSourceHasGrown_HasTheLaterNumberOfItems() =>
        Assert.That((Earlier + new GenerationStatistics { TotalItems = 51 }).TotalItems, Is.EqualTo(51));
}

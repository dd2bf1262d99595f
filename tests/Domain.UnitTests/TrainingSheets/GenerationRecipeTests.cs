using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class GenerationRecipeTests
{
    private static readonly PromptTemplate Template = TemplateBuilder.Template(model: "large-1", temperature: 0.7, maxTokens: 256);

    [Test]
    public void Settings_WhenTheConfigIsSilent_AreTheTemplates() => Assert.That(Settings(new GenerationConfig()), Is.EqualTo(("large-1", 0.7, 256)));

    [Test]
    public void Settings_WhenTheConfigSpeaks_AreTheConfigs() =>
        Assert.That(Settings(new GenerationConfig { Model = "small-1", Temperature = 0, MaxTokens = 8 }), Is.EqualTo(("small-1", 0d, 8)), "zero is a value");

    [Test]
    public void Model_WhenNeitherSays_IsUnknown() =>
        Assert.That(new GenerationRecipe(SheetBuilder.Table(), TemplateBuilder.Template(), new GenerationConfig()).Model, Is.Null);

    private static (string? Model, double Temperature, int MaxTokens) Settings(GenerationConfig config)
    {
        var recipe = new GenerationRecipe(SheetBuilder.Table(), Template, config);
        return (recipe.Model, recipe.Temperature, recipe.MaxTokens);
    }
}

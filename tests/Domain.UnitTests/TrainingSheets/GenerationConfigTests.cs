using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class GenerationConfigTests
{
    private static readonly GenerationConfig Default = new();
    private static readonly GenerationConfig FromColumn = Default with { LabelingMode = LabelingMode.ExistingColumn, ResponseColumn = "verdict" };

    private static readonly TestCaseData[] Right =
    [
        Case.Of(Default),
        Case.Of(Default with { LabelingMode = LabelingMode.Manual }),
        Case.Of(FromColumn),
        Case.Of(FromColumn with { TrustExisting = true }),
        Case.Of(Default with { Temperature = 0, MaxTokens = 1, Limit = 1, FewShot = 64, Model = "small-1" }),
        Case.Of(Default with { Temperature = 2 }),
    ];

    private static readonly TestCaseData[] Faults =
    [
        Case.Expecting(Default with { LabelingMode = LabelingMode.Canonical }, "labeling_mode"),
        Case.Expecting(Default with { Temperature = -0.1 }, "temperature"),
        Case.Expecting(Default with { Temperature = 2.1 }, "temperature"),
        Case.Expecting(Default with { Temperature = double.NaN }, "temperature"),
        Case.Expecting(Default with { MaxTokens = 0 }, "max_tokens"),
        Case.Expecting(Default with { Limit = 0 }, "limit"),
        Case.Expecting(Default with { FewShot = -1 }, "few_shot"),
        Case.Expecting(Default with { FewShot = 65 }, "few_shot"),
        Case.Expecting(Default with { Model = " " }, "model"),
        Case.Expecting(Default with { ResponseColumn = "verdict" }, "response_column"),
        Case.Expecting(FromColumn with { ResponseColumn = null }, "response_column"),
        Case.Expecting(FromColumn with { ResponseColumn = " " }, "response_column"),
        Case.Expecting(Default with { TrustExisting = true }, "trust_existing"),
    ];

    [TestCaseSource(nameof(Right))]
    public void Check_WhenEveryFieldCanBeRight_FindsNothing(GenerationConfig config) => Assert.That(config.Check(), Is.Null);

    [TestCaseSource(nameof(Faults))]
    public void Check_WhenAFieldCannotBeRight_NamesItAsInTheRequest(GenerationConfig config, string field)
    {
        var error = config.Check();

        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error!.Fields.Keys, Is.EqualTo(new[] { "generation_config." + field }));
    }

    [Test]
    public void Check_WhenSeveralFieldsCannotBeRight_NamesThemAllAtOnce()
    {
        var config = new GenerationConfig { LabelingMode = LabelingMode.Canonical, Temperature = 9, MaxTokens = -1, Limit = -1, FewShot = -1, TrustExisting = true };

        Assert.That(config.Check()!.Fields, Has.Count.EqualTo(6));
    }
}

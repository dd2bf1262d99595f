using ArchUnitNET.Domain;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Mirion.Generation.Architecture.Tests;

public sealed class ModuleTests
{
    [TestCase("Application")]
    [TestCase("Infrastructure")]
    public void Modules_WhenTheyUseEachOther_GoRoundInNoCircle(string layer)
    {
        var uses = Code.Architecture.Types
            .SelectMany(type => type.Dependencies, (type, dependency) => (From: ModuleOf(type, layer), To: ModuleOf(dependency.Target, layer)))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To)
            .ToHashSet();

        // What uses nothing that is left cannot be part of a circle; what remains in the end is one.
        while (uses.RemoveWhere(use => uses.All(other => other.From != use.To)) > 0)
        {
        }

        Assert.That(uses, Is.Empty);
    }

    [TestCase("Sheets")]
    [TestCase("Templates")]
    [TestCase("Labels")]
    [TestCase("QAPairs")]
    public void Module_WhenOthersAreMadeFromIt_KnowsNoneOfThem(string module) => Types().That().ResideInNamespaceMatching(In(module))
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(In($"(?!{module})(Sheets|Templates|Labels|QAPairs|TrainingSheets)"))
        .Because("a training sheet is made from the others, which stand by themselves")
        .Check(Code.Architecture);

    [TestCase("Generation")]
    [TestCase("Prompts")]
    [TestCase("Schemas")]
    [TestCase("Ports")]
    [TestCase("Common")]
    public void SharedPart_WhenModulesUseIt_KnowsNoneOfThem(string part) => Types().That().ResideInNamespaceMatching(In(part))
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(In("(Sheets|Templates|Labels|QAPairs|TrainingSheets)"))
        .Check(Code.Architecture);

    [Test]
    public void Ports_WhenDeclared_SpeakOurLanguageAlone() => Types().That().ResideInNamespaceMatching(In("Ports"))
        .Should().NotDependOnAnyTypesThat().DoNotResideInNamespaceMatching(@"^(System|Mirion\.Generation\.(Domain|Application\.(Ports|Common)))(\.|$)")
        .Because("an adapter is replaced without the application noticing")
        .Check(Code.Architecture);

    [Test]
    public void DomainCommon_WhenEveryModuleUsesIt_KnowsNoneOfThem() => Types().That().ResideInNamespaceMatching(@"^Mirion\.Generation\.Domain\.Common(\.|$)")
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Mirion\.Generation\.Domain\.(?!Common)")
        .Check(Code.Architecture);

    private static string? ModuleOf(IType type, string layer) =>
        type.FullName.StartsWith($"{Code.Prefix}{layer}.", StringComparison.Ordinal) && type.FullName.Split('.') is [_, _, _, var module, _, ..] ? module : null;

    private static string In(string module) => $@"^Mirion\.Generation\.Application\.{module}(\.|$)";
}

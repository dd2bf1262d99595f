using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Mirion.Generation.Architecture.Tests;

public sealed class LayerTests
{
    [Test]
    public void Domain_WhenBuilt_NeedsNothingButTheFramework()
    {
        Assert.That(Code.References("Domain", "PackageReference"), Is.Empty);
        Assert.That(Code.References("Domain", "ProjectReference"), Is.Empty);
        Assert.That(ReferencesOf(Code.Domain), Has.All.StartsWith("System."));
    }

    [Test]
    public void Application_WhenBuilt_NeedsTheDomainAndLibrariesWithoutInputOrOutput()
    {
        Assert.That(Code.References("Application", "ProjectReference"), Is.EqualTo(new[] { "Domain" }));
        Assert.That(
            ReferencesOf(Code.Application).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
            Is.SubsetOf(new[]
            {
                "Mirion.Generation.Domain", "CsvHelper", "MediatR", "FluentValidation", "FluentValidation.DependencyInjectionExtensions", "Handlebars", "Scrutor",
                "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "NJsonSchema", "NJsonSchema.Annotations", "Newtonsoft.Json", "Polly.Core",
            }));
    }

    [TestCase("Domain")]
    [TestCase("Application")]
    public void InnerLayer_WhenItRuns_ReachesNoFileNoNetworkAndNoConsole(string layer) => Types().That().ResideInNamespaceMatching(In(layer))
        .Should().NotDependOnAnyTypesThat().HaveFullNameMatching(@"^System\.(IO\.(File|Directory|Drive)\w*|Console|Diagnostics\.Process\w*|Net\..*)$")
        .Because("what has input or output stands behind a port")
        .Check(Code.Architecture);

    [Test]
    public void Infrastructure_WhenBuilt_NeedsTheApplicationAndNoHost()
    {
        Assert.That(Code.References("Infrastructure", "ProjectReference"), Is.EqualTo(new[] { "Application" }));
        Assert.That(ReferencesOf(Code.Infrastructure), Has.None.StartsWith("Microsoft.AspNetCore"));
    }

    [Test]
    public void Hosts_WhenBuilt_DoNotNeedEachOther()
    {
        Assert.That(ReferencesOf(Code.Api), Has.None.EqualTo("mirion-generate"));
        Assert.That(ReferencesOf(Code.Cli), Has.None.EqualTo("Mirion.Generation.Api").And.None.StartsWith("Microsoft.AspNetCore"));
    }

    // Top-level statements make a Program without a namespace, which is where a host puts itself together.
    [TestCase("Api")]
    [TestCase("Cli")]
    public void Host_WhenWrittenOutsideItsProgram_KnowsNoAdapter(string host) => Types().That().ResideInNamespaceMatching(In(host))
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(In("Infrastructure"))
        .Because("a host parses, sends and translates; which adapters there are is decided in Program")
        .Check(Code.Architecture);

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static string In(string layer) => $@"^Mirion\.Generation\.{layer}(\.|$)";
}

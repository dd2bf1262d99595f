using System.Reflection;
using System.Xml.Linq;

namespace Mirion.Generation.Architecture.Tests;

/// <summary>A port is a promise between people who do not read each other's code.</summary>
public sealed class PortTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Ports = [.. Code.Types(Code.Application).Where(type => type.Namespace == "Mirion.Generation.Application.Ports" && type.IsVisible)];

    private static readonly MethodInfo[] Asynchronous =
        [.. Ports.Where(port => port.IsInterface).SelectMany(port => port.GetMethods(Declared)).Where(method => method.ReturnType.Name is "Task" or "Task`1" or "IAsyncEnumerable`1")];

    [Test]
    public void EveryMember_WhenDeclared_IsDocumented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Code.Application.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is { } summary && !string.IsNullOrWhiteSpace(summary.Value))
            .Select(member => member.Attribute("name")!.Value.Split('(')[0])
            .ToHashSet();

        Assert.That(Ports, Is.Not.Empty);
        Assert.That(Ports.SelectMany(Names).Where(name => !documented.Contains(name)), Is.Empty);
    }

    [Test]
    public void EveryAsynchronousMethod_WhenDeclared_SaysSoAndCanBeCancelled() => Assert.That(
        Asynchronous,
        Is.Not.Empty.And.All.Matches<MethodInfo>(method =>
            method!.Name.EndsWith("Async", StringComparison.Ordinal) && method.GetParameters() is [.., { HasDefaultValue: false } last] && last.ParameterType == typeof(CancellationToken)));

    private static IEnumerable<string> Names(Type type)
    {
        yield return $"T:{type.FullName}";
        if (type.IsInterface)
        {
            foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName)) yield return $"M:{type.FullName}.{method.Name}";
        }

        foreach (var property in type.GetProperties(Declared).Where(property => property.Name != "EqualityContract")) yield return $"P:{type.FullName}.{property.Name}";
        if (!type.IsEnum) yield break;
        foreach (var member in Enum.GetNames(type)) yield return $"F:{type.FullName}.{member}";
    }
}

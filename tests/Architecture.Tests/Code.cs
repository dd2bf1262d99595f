using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ArchUnitNET.Loader;
using Mirion.Generation.Application;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Local;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace Mirion.Generation.Architecture.Tests;

/// <summary>The code that the rules are about.</summary>
internal static class Code
{
    public const string Prefix = "Mirion.Generation.";

    public static Assembly Domain { get; } = typeof(Error).Assembly;

    public static Assembly Application { get; } = typeof(ApplicationServices).Assembly;

    public static Assembly Infrastructure { get; } = typeof(LocalOptions).Assembly;

    // Each host has a Program without a namespace, so neither can be named by one.
    public static Assembly Api { get; } = Assembly.Load("Mirion.Generation.Api");

    public static Assembly Cli { get; } = Assembly.Load("mirion-generate");

    public static IReadOnlyList<Assembly> All { get; } = [Domain, Application, Infrastructure, Api, Cli];

    public static ArchUnitNET.Domain.Architecture Architecture { get; } = new ArchLoader().LoadAssemblies([.. All]).Build();

    /// <summary>Types that somebody wrote; not what the compiler or a coverage tool adds.</summary>
    public static IEnumerable<Type> Types(params IEnumerable<Assembly> assemblies) => assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith(Prefix, StringComparison.Ordinal) is true && !IsGenerated(type));

    /// <summary>What a project file under <c>src</c> asks for.</summary>
    public static IReadOnlyList<string> References(string project, string kind) =>
    [
        .. XDocument.Load(Path.Combine(Root, "src", project, $"{Prefix}{project}.csproj")).Descendants(kind)
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value) is var name && kind == "ProjectReference"
                ? name[Prefix.Length..]
                : reference.Attribute("Include")!.Value),
    ];

    private static string Root { get; } = FindRoot();

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || (type.DeclaringType is { } outer && IsGenerated(outer)) || type.Name.Contains('<');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mirion.Generation.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("The solution's folder.");
        return folder.FullName;
    }
}

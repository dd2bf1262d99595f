using System.Reflection;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;

namespace Mirion.Generation.Architecture.Tests;

public sealed partial class ConventionTests
{
    [Test]
    public void Handlers_WhenWritten_AreInternalAndSealed() =>
        Assert.That(Implementing(typeof(IRequestHandler<,>)), Is.Not.Empty.And.All.Matches<Type>(type => type is { IsPublic: false, IsSealed: true } && Ends(type, "Handler")));

    [Test]
    public void Validators_WhenWritten_AreInternalAndSealed() =>
        Assert.That(Implementing(typeof(IValidator<>)), Is.Not.Empty.And.All.Matches<Type>(type => type is { IsPublic: false, IsSealed: true } && Ends(type, "Validator")));

    [Test]
    public void Requests_WhenWritten_AreSealedAndSayWhetherTheyChangeAnything() =>
        Assert.That(Implementing(typeof(IRequest<>)), Is.Not.Empty.And.All.Matches<Type>(type => type is { IsSealed: true } && (Ends(type, "Command") || Ends(type, "Query"))));

    [Test]
    public void Requests_WhenSent_HaveExactlyOneHandler()
    {
        var handled = Implementing(typeof(IRequestHandler<,>)).SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .Select(contract => contract.GetGenericArguments()[0]);

        Assert.That(handled, Is.EquivalentTo(Implementing(typeof(IRequest<>))));
    }

    [Test]
    public void Infrastructure_WhenSeenFromOutside_IsOptionsAndRegistration()
    {
        var options = Code.Types(Code.Infrastructure).Where(type => Ends(type, "Options")).ToArray();
        var choices = options.SelectMany(type => type.GetProperties()).Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Where(type => type.IsEnum);
        var registration = Code.Types(Code.Infrastructure).Where(type => type is { IsAbstract: true, IsSealed: true } && Ends(type, "Services"));

        Assert.That(Code.Types(Code.Infrastructure).Where(type => type.IsVisible).Except([.. options, .. choices, .. registration]), Is.Empty);
    }

    [Test]
    public void Classes_WhenNobodyInheritsThem_AreSealed()
    {
        var all = Code.Types(Code.All).ToArray();
        var inherited = all.Select(type => type.BaseType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : type.BaseType).ToHashSet();

        Assert.That(all.Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false }).Where(type => !inherited.Contains(type)), Is.Empty);
    }

    [Test]
    public void Types_WhenNamed_SayWhatTheyAre() =>
        Assert.That(Code.Types(Code.All).Where(type => SaysNothing().IsMatch(type.Name)), Is.Empty);

    [Test]
    public void Interfaces_WhenDeclared_BeginWithI() =>
        Assert.That(Code.Types(Code.All).Where(type => type.IsInterface && !StartsLikeAnInterface().IsMatch(type.Name)), Is.Empty);

    [Test]
    public void Namespaces_WhenDeclared_BelongToTheirAssembly() => Assert.Multiple(() =>
    {
        foreach (var (assembly, name) in Code.All.Zip(["Domain", "Application", "Infrastructure", "Api", "Cli"]))
        {
            Assert.That(Code.Types(assembly).Select(type => type.Namespace + ".").Where(space => !space.StartsWith(Code.Prefix + name + ".", StringComparison.Ordinal)), Is.Empty);
        }
    });

    private static IEnumerable<Type> Implementing(Type contract) => Code.Types(Code.All).Where(type => type is { IsInterface: false, IsAbstract: false }
        && type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == contract));

    private static bool Ends(MemberInfo type, string with) => type.Name.EndsWith(with, StringComparison.Ordinal);

    [GeneratedRegex("(Manager|Helper|Util(s|ity|ities)?|Impl)s?(?![a-z])")]
    private static partial Regex SaysNothing();

    [GeneratedRegex("^I[A-Z]")]
    private static partial Regex StartsLikeAnInterface();
}

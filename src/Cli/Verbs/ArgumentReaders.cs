using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Verbs;

/// <summary>Options whose faults are told in the words of this product.</summary>
internal static class ArgumentReaders
{
    /// <summary>An id that must be given.</summary>
    public static Option<TId> Id<TId>(string name, string description, Func<string, TId> make) => new(name)
    {
        Description = description,
        HelpName = "ID",
        Required = true,
        CustomParser = result =>
        {
            if (Identifier.IsValid(Text(result))) return make(Text(result));
            result.AddError($"{name}: An id has {Identifier.Shape}.");
            return default;
        },
    };

    /// <summary>A whole number that may be given.</summary>
    public static Option<int?> Count(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            if (int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)) return count;
            result.AddError($"{name}: Give a whole number.");
            return null;
        },
    };

    /// <summary>A word of the domain that may be given.</summary>
    public static Option<TEnum> Word<TEnum>(string name, string description, string helpName)
        where TEnum : struct, Enum => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                if (SnakeCase<TEnum>.TryParse(Text(result), out var word)) return word;
                result.AddError($"{name}: Give one of {SnakeCase<TEnum>.Choices}.");
                return default;
            },
        };

    /// <summary>A file that must be given.</summary>
    public static Argument<string> File(string description) => new("FILE") { Description = description };

    private static string Text(ArgumentResult result) => result.Tokens is [{ Value: var text }] ? text : string.Empty;
}

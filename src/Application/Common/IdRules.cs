using FluentValidation;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Common;

/// <summary>The shape of ids, as validation rules.</summary>
internal static class IdRules
{
    /// <summary>An id that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(id => id is null || Identifier.IsValid(id)).WithMessage($"An id has {Identifier.Shape}.");

    /// <summary>An id in a body that must repeat the one in the path, where it is given at all.</summary>
    public static IRuleBuilderOptions<T, string?> SameIdAs<T>(this IRuleBuilder<T, string?> rule, Func<T, string> path) =>
        rule.Must((request, id) => id is null || id == path(request)).WithMessage("The id cannot be changed; leave it out, or repeat the one in the path.");
}

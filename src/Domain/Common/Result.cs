using System.Diagnostics.CodeAnalysis;

namespace Mirion.Generation.Domain.Common;

/// <summary>A result type that can be built from an error without knowing its value; what a pipeline behaviour needs.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IResult<out TSelf>
    where TSelf : IResult<TSelf>
{
    /// <summary>The failed result that carries <paramref name="error"/>.</summary>
    static abstract TSelf Failed(Error error);
}

/// <summary>Either a value or the <see cref="Error"/> that says why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Result<T> : IResult<Result<T>>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value; asking a failed result for it is a bug and throws.</summary>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"No value: {Error.Code}: {Error.Message}");

    /// <inheritdoc />
    public static Result<T> Failed(Error error) => new(default, error);

    /// <summary>Wraps a value whose type is an interface, from which C# knows no implicit conversion.</summary>
    public static Result<T> Of(T value) => new(value, null);

    /// <summary>Wraps a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps an error.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);

    /// <summary>The value or the error, as whichever of the two the caller handles.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }

    /// <summary>The next value made from this one, or the same error.</summary>
    public Result<TNext> Map<TNext>(Func<T, TNext> next)
        where TNext : notnull => IsSuccess ? next(_value!) : Error;
}

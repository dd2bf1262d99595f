using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Engine;

/// <summary>The one way out of a rendering from inside the engine's callbacks, which have no return value of their own.</summary>
internal sealed class RenderAbortedException(Error error) : Exception(error.Message)
{
    public Error Error { get; } = error;
}

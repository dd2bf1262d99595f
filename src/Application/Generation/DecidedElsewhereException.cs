namespace Mirion.Generation.Application.Generation;

/// <summary>The training sheet is no longer generating: while the run was at work somebody cancelled or deleted it, and that stands.</summary>
internal sealed class DecidedElsewhereException() : Exception("The training sheet is no longer generating.");

namespace Mirion.Generation.Application.Generation;

/// <summary>The training sheet is no longer this run's: while it was at work somebody cancelled or deleted it, or another run took it, and that stands.</summary>
internal sealed class DecidedElsewhereException() : Exception("The training sheet is no longer this run's.");

namespace Mirion.Generation.Api.Events;

/// <summary>An event that is sent to whoever listens.</summary>
/// <param name="Id">Names it: what a client sends as <c>Last-Event-ID</c> when it connects again.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Data">What it says, written as JSON.</param>
internal sealed record ServerEvent(string Id, string Name, object Data);

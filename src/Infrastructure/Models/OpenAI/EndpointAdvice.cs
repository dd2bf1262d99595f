namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>What a person is told to look at when an endpoint answers no question; it depends on whose endpoint it is.</summary>
/// <param name="Address">The setting that holds its address.</param>
/// <param name="Refused">About a 401 or 403, given the status and the model.</param>
/// <param name="Unknown">About a 404, given the model.</param>
internal sealed record EndpointAdvice(string Address, Func<int, string, string> Refused, Func<string, string> Unknown);

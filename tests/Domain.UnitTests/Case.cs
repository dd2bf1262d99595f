using System.Runtime.CompilerServices;

namespace Mirion.Generation.Domain.UnitTests;

/// <summary>Test cases that bear the text they were written with, since a whole record says too much.</summary>
internal static class Case
{
    /// <summary>What is tried.</summary>
    public static TestCaseData Of<T>(T tried, [CallerArgumentExpression(nameof(tried))] string text = "") =>
        new TestCaseData(tried).SetArgDisplayNames(text);

    /// <summary>What is tried, and what comes of it.</summary>
    public static TestCaseData Expecting<T>(T tried, string outcome, [CallerArgumentExpression(nameof(tried))] string text = "") =>
        new TestCaseData(tried, outcome).SetArgDisplayNames(text, outcome);
}

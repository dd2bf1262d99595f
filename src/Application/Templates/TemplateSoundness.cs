using Mirion.Generation.Application.Prompts;
using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Application.Templates;

/// <summary>Whether a prompt template can be generated with, as far as it tells by itself.</summary>
internal static class TemplateSoundness
{
    /// <summary>What is wrong with its question, or else with its schema; null when both are sound.</summary>
    public static Error? FirstFault(PromptTemplate template)
    {
        if (CompiledTemplate.Compile(template.UserPromptTemplate) is { IsSuccess: false, Error: var syntax }) return syntax;
        return template.OutputSchema is { } schema && OutputSchema.Compile(schema) is { IsSuccess: false, Error: var unfit } ? unfit : null;
    }
}

using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>Puts the bytes of images into a prompt for the time of one call; a stored pair keeps their paths.</summary>
internal sealed class PromptImages(ISheetSource source, long maxBytes)
{
    /// <summary>The same prompt with every <c>/Volumes/...</c> path as a data URI, or why an image cannot be shown.</summary>
    public async Task<Result<ModelPrompt>> InlineAsync(ModelPrompt prompt, CancellationToken cancellationToken)
    {
        if (!(await InlineAsync(prompt.Question, cancellationToken)).TryGet(out var question, out var error)) return error;
        var examples = new List<PromptExample>(prompt.Examples.Count);
        foreach (var example in prompt.Examples)
        {
            if (!(await InlineAsync(example.Question, cancellationToken)).TryGet(out var shown, out var unreadable)) return unreadable;
            examples.Add(example with { Question = shown });
        }

        return prompt with { Question = question, Examples = examples };
    }

    private async Task<Result<MessageContent>> InlineAsync(MessageContent content, CancellationToken cancellationToken)
    {
        if (content.ImageUrls.Count == 0) return content;
        var uris = new string[content.ImageUrls.Count];
        for (var i = 0; i < uris.Length; i++)
        {
            var path = VolumePath.Parse(content.ImageUrls[i]).Value;
            if (!(await source.ReadFileAsync(path, maxBytes, cancellationToken)).TryGet(out var file, out var error))
            {
                return GenerationErrors.ImageUnreadable($"The image '{path}' cannot be read: {error.Message}");
            }

            if (!file.File.IsImage) return GenerationErrors.ImageUnreadable($"The file '{path}' is {file.File.MediaType}, no image.");
            uris[i] = $"data:{file.File.MediaType};base64,{Convert.ToBase64String(file.Bytes.Span)}";
        }

        return MessageContent.Of(content.Text, uris);
    }
}

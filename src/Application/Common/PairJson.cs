using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Common;

/// <summary>The JSON of every pair that is stored: the very text of <see cref="DomainJson"/>, written without reflection.</summary>
public static class PairJson
{
    /// <summary>The turns of a conversation, as <see cref="DomainJson"/> writes <see cref="Conversation.Messages"/>.</summary>
    public static void Write(CompactJsonWriter json, Conversation conversation)
    {
        json.Raw("["u8);
        if (conversation.System is { } system)
        {
            json.Raw("""{"role":"system","content":"""u8);
            json.Text(system);
            json.Raw("},"u8);
        }

        json.Raw("""{"role":"user","content":"""u8);
        Write(json, conversation.User);
        if (conversation.Assistant is { } assistant)
        {
            json.Raw("""},{"role":"assistant","content":"""u8);
            json.Text(assistant);
        }

        json.Raw("}]"u8);
    }

    /// <summary>How a pair came to be.</summary>
    public static void Write(CompactJsonWriter json, GenerationMetadata metadata)
    {
        json.Raw("""{"template_version":"""u8);
        json.NumberOrNull<int>(metadata.TemplateVersion);
        json.Raw(""","prompt_hash":"""u8);
        json.TextOrNull(metadata.PromptHash);
        json.Raw(""","model":"""u8);
        json.TextOrNull(metadata.Model);
        json.Raw(""","temperature":"""u8);
        json.NumberOrNull(metadata.Temperature);
        json.Raw(""","max_tokens":"""u8);
        json.NumberOrNull(metadata.MaxTokens);
        json.Raw(""","response_format":"""u8);
        json.TextOrNull(metadata.ResponseFormat);
        json.Raw(""","finish_reason":"""u8);
        json.TextOrNull(metadata.FinishReason);
        json.Raw(""","prompt_tokens":"""u8);
        json.NumberOrNull(metadata.PromptTokens);
        json.Raw(""","completion_tokens":"""u8);
        json.NumberOrNull(metadata.CompletionTokens);
        json.Raw(""","latency_ms":"""u8);
        json.NumberOrNull(metadata.LatencyMs);
        json.Raw(""","attempts":"""u8);
        json.NumberOrNull<int>(metadata.Attempts);
        json.Raw(""","few_shot_refs":["""u8);
        for (var i = 0; i < metadata.FewShotRefs.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            json.Text(metadata.FewShotRefs[i]);
        }

        json.Raw("""],"shared_with":"""u8);
        json.TextOrNull(metadata.SharedWith);
        json.Raw(""","error":"""u8);
        if (metadata.Error is not { } error)
        {
            json.Raw("null}"u8);
            return;
        }

        json.Raw("""{"code":"""u8);
        json.Text(error.Code);
        json.Raw(""","message":"""u8);
        json.Text(error.Message);
        json.Raw("}}"u8);
    }

    private static void Write(CompactJsonWriter json, MessageContent content)
    {
        if (content.ImageUrls.Count == 0)
        {
            json.Text(content.Text);
            return;
        }

        json.Raw("["u8);
        if (content.Text.Length > 0)
        {
            json.Raw("""{"type":"text","text":"""u8);
            json.Text(content.Text);
            json.Raw("},"u8);
        }

        for (var i = 0; i < content.ImageUrls.Count; i++)
        {
            json.Raw(i == 0 ? """{"type":"image_url","image_url":{"url":"""u8 : """}},{"type":"image_url","image_url":{"url":"""u8);
            json.Text(content.ImageUrls[i]);
        }

        json.Raw("}}]"u8);
    }
}

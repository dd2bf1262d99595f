using Mirion.Generation.Infrastructure.Configuration;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>What kind of model drafts answers.</summary>
public enum FoundationModelProvider
{
    /// <summary>The label of the most similar labelled item; no network, no cost.</summary>
    Embedded,

    /// <summary>Any endpoint that speaks OpenAI's chat completions.</summary>
    OpenAICompatible,

    /// <summary>A Databricks workspace's own serving endpoints.</summary>
    Databricks,
}

/// <summary>The model that drafts what no expert has labelled. A class without a text form, because it holds a key.</summary>
public sealed class FoundationModelOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "FoundationModel";

    /// <summary>
    /// The kind of model. Null picks <see cref="FoundationModelProvider.OpenAICompatible"/> when there is a <see cref="BaseUrl"/>, else the workspace's own: on Databricks its
    /// serving endpoints, on this machine the embedded one.
    /// </summary>
    public FoundationModelProvider? Provider { get; set; }

    /// <summary>
    /// The endpoint, up to what stands before <c>/chat/completions</c>: <c>http://127.0.0.1:11434/v1</c>. For Databricks it stands in for the workspace's
    /// <c>/serving-endpoints</c>, where models have moved to a gateway (<c>/ai-gateway/mlflow/v1</c>).
    /// </summary>
    public string? BaseUrl { get; set; }

    /// <summary>The bearer token, where the endpoint wants one. Databricks is asked with the workspace's own credentials instead.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Ceiling on calls in flight.</summary>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>Calls a minute the endpoint grants; null when there is no such limit.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens a minute the endpoint grants; null when there is no such limit.</summary>
    public int? TokensPerMinute { get; set; }

    /// <summary>How long one attempt may take.</summary>
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>Attempts a question gets, the first included. Being asked for fewer calls (429) counts as none: that has a limit of its own, in time.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>The kind of model after the default is applied.</summary>
    public FoundationModelProvider ChosenProvider => Provider ?? (BaseUrl, Workspace) switch
    {
        (not null, _) => FoundationModelProvider.OpenAICompatible,
        (_, WorkspaceProvider.Databricks) => FoundationModelProvider.Databricks,
        _ => FoundationModelProvider.Embedded,
    };

    /// <summary>The workspace that the model is used with; no setting of its own.</summary>
    internal WorkspaceProvider Workspace { get; set; }
}

using System.Text.Json.Serialization;

namespace Mirion.Generation.Infrastructure.Databricks.Jobs;

/// <summary>A job, as much of it as is read.</summary>
internal sealed record Job(JobSettings? Settings);

/// <summary>How a job is set up.</summary>
internal sealed record JobSettings(string? Name, IReadOnlyList<JobParameter>? Parameters);

/// <summary>A parameter that a job takes.</summary>
internal sealed record JobParameter(string? Name);

/// <summary>Starts a run. The same token again answers with the run that it started.</summary>
internal sealed record RunNow(long JobId, RunParameters JobParameters, string IdempotencyToken);

/// <summary>What our job is told: which training sheet. Everything else stands in the tables.</summary>
internal sealed record RunParameters(string TrainingSheetId);

/// <summary>The run that was started.</summary>
internal sealed record StartedRun(long RunId);

/// <summary>Stops a run, in a while.</summary>
internal sealed record CancelRun(long RunId);

/// <summary>A run. Older workspaces tell by <paramref name="State"/> alone how it stands.</summary>
internal sealed record Run(RunStatus? Status, OldRunState? State, string? RunPageUrl, long? EndTime);

/// <summary>How a run stands: <c>RUNNING</c>, …, <c>TERMINATED</c>.</summary>
internal sealed record RunStatus(string? State, RunTermination? TerminationDetails);

/// <summary>Why a run ended.</summary>
internal sealed record RunTermination(string? Code);

/// <summary>How a run stands, in the words that <see cref="RunStatus"/> replaces.</summary>
internal sealed record OldRunState(string? LifeCycleState, string? ResultState);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(RunNow))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(CancelRun))]
internal sealed partial class JobsJson : JsonSerializerContext;

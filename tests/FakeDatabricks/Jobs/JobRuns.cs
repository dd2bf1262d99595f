using System.Collections.Concurrent;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>The jobs of the workspace and their runs.</summary>
internal sealed class JobRuns(FakeDatabricksWorkspace workspace) : IAsyncDisposable
{
    // Beyond 2^53, so that a client that reads numbers as doubles gets them wrong here as it would there.
    private const long FirstId = 901_234_567_890_123_457;
    private const int IdStep = 1_009;

    private readonly Lock _lock = new();
    private readonly List<JobDefinition> _jobs = [];
    private readonly List<JobRun> _runs = [];
    private readonly Dictionary<string, JobRun> _byToken = [];
    private readonly Dictionary<long, SemaphoreSlim> _slots = [];
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly RunExecution _execution = new(workspace);
    private readonly List<Task> _executions = [];
    private long _lastId = FirstId - IdStep;

    /// <summary>The jobs, in the order they were made.</summary>
    public IReadOnlyList<JobDefinition> Jobs
    {
        get
        {
            lock (_lock) return [.. _jobs];
        }
    }

    /// <summary>The runs, in the order they were made.</summary>
    public IReadOnlyList<JobRun> Runs
    {
        get
        {
            lock (_lock) return [.. _runs];
        }
    }

    public long Add(string name, int tasks)
    {
        lock (_lock)
        {
            var job = new JobDefinition(NextId(), name, [.. Enumerable.Range(0, tasks).Select(n => n == 0 ? "generate" : $"task_{n}")], [JobsApi.TrainingSheetParameter]);
            _jobs.Add(job);
            _slots[job.Id] = new SemaphoreSlim(workspace.Options.MaxConcurrentRuns);
            return job.Id;
        }
    }

    public JobDefinition? FindJob(long id) => Jobs.FirstOrDefault(job => job.Id == id);

    public JobRun? Find(long id) => Runs.FirstOrDefault(run => run.Id == id);

    public JobRun? FindByTask(long taskRunId) => Runs.FirstOrDefault(run => run.TaskRunIds.Contains(taskRunId));

    /// <summary>The run, for a test that must have made it.</summary>
    public JobRun Get(long id) => Find(id) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));

    public void FailNext(string code) => _failures.Enqueue(code);

    /// <summary>Starts a run, or gives the one that was started with the same token.</summary>
    public JobRun Start(JobDefinition job, IReadOnlyDictionary<string, string> parameters, string? token, bool mayWait)
    {
        lock (_lock)
        {
            if (token is not null && _byToken.TryGetValue(token, out var same)) return same;
            var run = new JobRun(job, NextId(), _runs.Count(other => other.Job.Id == job.Id) + 1, parameters, workspace.Options.Clock.GetUtcNow());
            _runs.Add(run);
            if (token is not null) _byToken[token] = run;
            var failure = _failures.TryDequeue(out var code) ? RunEnd.NeverStarted(code) : null;
            _executions.Add(Task.Run(() => _execution.RunAsync(run, _slots[job.Id], failure, mayWait)));
            return run;
        }
    }

    /// <summary>Ends every run, and its process with it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var run in Runs) run.Abandon();
        await Task.WhenAll(_executions);
        foreach (var run in Runs) run.Dispose();
        foreach (var slots in _slots.Values) slots.Dispose();
    }

    private long NextId() => _lastId += IdStep;
}

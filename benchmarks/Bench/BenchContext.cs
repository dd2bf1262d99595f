using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>What rows measure with.</summary>
internal sealed class BenchContext(Arguments arguments) : IDisposable
{
    private readonly Dictionary<(Inspections, bool), string> _masters = [];
    private readonly string? _langChain = arguments.Find("langchain");
    private int _folders;

    /// <summary>Whether this is to see that the rows work, with few items and once each.</summary>
    public bool IsQuick { get; } = arguments.Has("quick");

    public int Repetitions => IsQuick ? 1 : 3;

    /// <summary>Folders of this run, deleted at its end.</summary>
    public string Scratch { get; } = Directory.CreateTempSubdirectory("mirion-bench-").FullName;

    public bool HasLangChain => _langChain is not null;

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    public int Size(int full, int quick) => IsQuick ? quick : full;

    /// <summary>A fresh workspace folder with these items; made once, in another process, and copied.</summary>
    public async Task<string> PrepareAsync(Inspections items, bool labelled)
    {
        if (!_masters.TryGetValue((items, labelled), out var master))
        {
            _masters[(items, labelled)] = master = NewFolder();
            using var making = ChildProcess.Start(
                Environment.ProcessPath!,
                ["prepare", "--folder", master, "--items", $"{items.Count}", .. items.Questions is { } q ? ["--questions", $"{q}"] : Array.Empty<string>(), .. labelled ? ["--labelled"] : Array.Empty<string>()]);
            (await making.EndAsync()).Succeeded("Preparing a workspace");
        }

        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(master, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(master, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>The engine in a process of its own, ready to begin.</summary>
    public static Task<SubjectProcess> OursAsync(string folder, ModelServerProcess? server = null, bool warm = true, int runs = 1, int concurrency = 64) => SubjectProcess.StartAsync(
    [
        "ours", "--folder", folder, "--runs", $"{runs}",
        .. server is null ? Array.Empty<string>() : ["--url", server.BaseUrl],
        .. (warm, server) switch { (false, _) => Array.Empty<string>(), (_, null) => ["--warm"], _ => ["--warm", $"{server.WarmAddress}/v1"] },
        "--set", $"FoundationModel:MaxConcurrency={concurrency}",
    ]);

    /// <summary>A peer in a process of its own, ready to begin.</summary>
    public static Task<SubjectProcess> PeerAsync(string name, ModelServerProcess server, Inspections items, int concurrency = 64) =>
        SubjectProcess.StartAsync(["peer", "--name", name, .. PeerArguments(server, items, concurrency)]);

    /// <summary>LangChain.js in a process of its own, ready to begin.</summary>
    public Task<SubjectProcess> LangChainAsync(ModelServerProcess server, Inspections items, int concurrency = 64) => SubjectProcess.StartAsync(
        "node", [Path.Combine(_langChain!, "batch.mjs"), "--out", Path.Combine(NewFolder(), "pairs.jsonl"), .. PeerArguments(server, items, concurrency)]);

    /// <summary>The command line as a user starts it.</summary>
    public static ChildProcess StartCli(string folder, ModelServerProcess? server, IEnumerable<string> arguments, params IEnumerable<(string Key, string Value)> settings) => ChildProcess.Start(
        Path.Combine(Root, "src/Cli/bin/Release/net10.0/mirion-generate"),
        [.. arguments, "--json", .. BenchWorkspace.Settings(folder, server?.BaseUrl).Concat(settings).Select(setting => $"--{setting.Key}={setting.Value}")]);

    /// <summary>The arguments that generate.</summary>
    public static IEnumerable<string> Generate { get; } = ["generate", "--sheet", $"{BenchWorkspace.Sheet}", "--template", $"{BenchWorkspace.Template}"];

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Scratch, $"{_folders++}")).FullName;

    public void Dispose() => Directory.Delete(Scratch, recursive: true);

    private static IEnumerable<string> PeerArguments(ModelServerProcess server, Inspections items, int concurrency) =>
    [
        "--url", server.BaseUrl, "--warm", $"{server.WarmAddress}/v1", "--items", $"{items.Count}", "--concurrency", $"{concurrency}",
        .. items.Questions is { } questions ? ["--questions", $"{questions}"] : Array.Empty<string>(),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mirion.Generation.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run this out of the checkout: it starts the command line and the API that are built there.");
    }
}

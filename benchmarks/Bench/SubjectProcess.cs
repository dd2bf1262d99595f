namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>
/// Something that is measured, in a process of its own. It gets ready, warm-up included, says <c>ready</c>, begins when told <c>go</c>, and prints its
/// <see cref="Measurement"/>; so several can begin together when all of them are ready.
/// </summary>
internal sealed class SubjectProcess : IDisposable
{
    public const string Ready = "ready";
    public const string Go = "go";

    private readonly ChildProcess _process;
    private readonly string _name;

    private SubjectProcess(ChildProcess process, string name) => (_process, _name) = (process, name);

    /// <summary>The verb of this program that <paramref name="arguments"/> begin with.</summary>
    public static Task<SubjectProcess> StartAsync(params IEnumerable<string> arguments) => StartAsync(Environment.ProcessPath!, arguments);

    public static async Task<SubjectProcess> StartAsync(string program, IEnumerable<string> arguments)
    {
        var subject = new SubjectProcess(ChildProcess.Start(program, arguments), string.Join(' ', arguments));
        await subject.ExpectAsync(line => line == Ready);
        return subject;
    }

    public async Task<Measurement> MeasureAsync()
    {
        await _process.Input.WriteLineAsync(Go);
        await _process.Input.FlushAsync();
        var json = await ExpectAsync(line => line.StartsWith('{'));
        (await _process.EndAsync()).Succeeded(_name);
        return Measurement.Parse(json);
    }

    public void Dispose() => _process.Dispose();

    /// <summary>The other side: says that this process is ready, and does <paramref name="work"/> when it is told.</summary>
    public static async Task<int> AnswerAsync(Func<Task<Measurement>> work)
    {
        await Console.Out.WriteLineAsync(Ready);
        if (await Console.In.ReadLineAsync() != Go) return 1;
        await Console.Out.WriteLineAsync((await work()).ToJson());
        return 0;
    }

    private async Task<string> ExpectAsync(Func<string, bool> matches)
    {
        while (await _process.Output.ReadLineAsync() is { } line)
        {
            if (matches(line)) return line;
        }

        throw new InvalidOperationException($"'{_name}' broke off: {await _process.ErrorsAsync()}");
    }
}

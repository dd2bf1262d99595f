using BenchmarkDotNet.Running;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Micro;
using Mirion.Generation.Benchmarks.ModelServer;
using Mirion.Generation.Benchmarks.Peers;
using Mirion.Generation.Benchmarks.Rows;
using Mirion.Generation.Benchmarks.Subjects;
using Mirion.Generation.Benchmarks.Workload;

// build/bench.sh starts `run`, which starts this program again for each server and each subject.
switch (args)
{
    case ["run", .. var rest]:
        return await BenchRun.RunAsync(new Arguments(rest));
    case ["labelled", .. var counts]:
        return await Glance.AtAsync(counts.DefaultIfEmpty("100000"), labelled: true, TimeSpan.Zero);
    case ["drafted", .. var counts]:
        return await Glance.AtAsync(counts.DefaultIfEmpty("5000"), labelled: false, TimeSpan.FromMilliseconds(100));
    case ["instant", .. var counts]:
        return await Glance.AtAsync(counts.DefaultIfEmpty("20000"), labelled: false, TimeSpan.Zero);
    case ["render", .. var rest]:
        BenchmarkRunner.Run<PromptRendering>(args: rest);
        return 0;
    case ["serve", .. var rest]:
        return await ChatServer.RunAsync(ServerOptions.From(new Arguments(rest)));
    case ["ours", .. var rest]:
        return await OurRun.RunAsync(new Arguments(rest));
    case ["peer", .. var rest]:
        return await PeerRun.RunAsync(new Arguments(rest));
    case ["raw", .. var rest]:
        return await RawSql.RunAsync(new Arguments(rest));
    case ["resume", .. var rest]:
        return await ResumeRun.RunAsync(new Arguments(rest));
    case ["statements", .. var rest]:
        return await StatementCount.RunAsync(new Arguments(rest));
    case ["prepare", .. var rest]:
        var arguments = new Arguments(rest);
        var questions = arguments.Find("questions") is null ? (int?)null : arguments.Int("questions", 0);
        await PreparedFolder.MakeAsync(arguments.Text("folder"), new Inspections(arguments.Int("items", 1_000), questions), arguments.Has("labelled"));
        return 0;
    default:
        Console.Error.WriteLine($"""
            run [--quick] [--only ROW ...]   every row of the table, or those named; build/bench.sh does it with everything that is needed
                                             rows: {string.Join(' ', Row.All.Select(row => row.Name))}
            labelled|drafted|instant [N ...] one line about N items that have labels, or that an endpoint drafts in 100 ms or at once, 64 at a time
            render                           one prompt (BenchmarkDotNet)
            serve [--latency MS] [--capacity N] [--limit FixedWindow|SlidingWindow|TokenBucket --rate N [--retry-after]] [--faults PART --seed N]
                                             the model server alone, until standard input ends; prints its address, and one that answers at once
            """);
        return 2;
}

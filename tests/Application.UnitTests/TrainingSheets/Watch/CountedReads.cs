using System.Reflection;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Watch;

/// <summary>A store that counts how often a training sheet is read, and may refuse it.</summary>
public class CountedReads : DispatchProxy
{
    private ITrainingSheetRepository _store = null!;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>What reading throws.</summary>
    public UpstreamException? Trouble { get; set; }

    /// <summary>Puts one before the store of <paramref name="bench"/>.</summary>
    internal static CountedReads Of(Workbench bench)
    {
        var port = Create<ITrainingSheetRepository, CountedReads>();
        var reads = (CountedReads)port;
        (reads._store, bench.TrainingSheetsPort) = (bench.Store, port);
        return reads;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name is not nameof(ITrainingSheetRepository.FindAsync)) return targetMethod.Invoke(_store, args);
        Interlocked.Increment(ref _count);
        return Trouble is null ? targetMethod.Invoke(_store, args) : throw Trouble;
    }
}

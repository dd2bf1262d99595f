using System.Reflection;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Testing.Fakes;

/// <summary>Training sheets in a store that carries out one kind of write and then answers false, as one does that lost the reply and made it again.</summary>
public class ForgetfulRepository : DispatchProxy
{
    private ITrainingSheetRepository _store = null!;
    private string _write = null!;

    /// <summary>The store <paramref name="store"/> that forgets the method <paramref name="write"/>.</summary>
    public static ITrainingSheetRepository Over(ITrainingSheetRepository store, string write)
    {
        var port = Create<ITrainingSheetRepository, ForgetfulRepository>();
        var forgetful = (ForgetfulRepository)(object)port;
        (forgetful._store, forgetful._write) = (store, write);
        return port;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_store, args);
        return targetMethod.Name == _write ? ForgetAsync((Task<bool>)answer!) : answer;
    }

    private static async Task<bool> ForgetAsync(Task<bool> write)
    {
        await write;
        return false;
    }
}

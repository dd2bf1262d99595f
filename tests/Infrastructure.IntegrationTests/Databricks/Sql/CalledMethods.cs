using System.Collections.Concurrent;
using System.Reflection;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>A port that remembers which of its methods were called.</summary>
public class CalledMethods<TPort> : DispatchProxy
    where TPort : class
{
    private readonly ConcurrentDictionary<string, bool> _called = new();
    private TPort _port = null!;

    public static TPort Over(TPort port)
    {
        var proxy = Create<TPort, CalledMethods<TPort>>();
        ((CalledMethods<TPort>)(object)proxy)._port = port;
        return proxy;
    }

    /// <summary>The methods that nobody called.</summary>
    public static IEnumerable<string> Missing(TPort proxy) =>
        typeof(TPort).GetMethods().Select(method => method.Name).Except(((CalledMethods<TPort>)(object)proxy)._called.Keys);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _called[targetMethod!.Name] = true;
        return targetMethod.Invoke(_port, args);
    }
}

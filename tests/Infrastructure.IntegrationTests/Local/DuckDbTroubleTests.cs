using System.Reflection;
using DuckDB.NET.Data;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Local;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

[TestFixture]
public sealed class DuckDbTroubleTests
{
    [TestCase("IO Error: Could not write all bytes to file \"x\": No space left on device", "is full")]
    [TestCase("Out of Memory Error: failed to allocate data of size 32.0 KiB", "out of memory")]
    [TestCase("FATAL Error: Failed: database has been invalidated because of a previous fatal error", "Start this program again")]
    [TestCase("TransactionContext Error: Failed to commit: Could not write file \"x\": No space left on device", "is full")]
    public void Working_WhenTheMachineIsInTrouble_SaysWhatToDo(string message, string says)
    {
        var trouble = DuckDbTrouble.Working(Exception(message), new WorkspaceFolder("/w"))!;

        Assert.That((trouble.Code, trouble.Fault), Is.EqualTo(("workspace_failed", UpstreamFault.Unavailable)));
        Assert.That(trouble.Message, Does.Contain(says));
    }

    [TestCase("Catalog Error: Table with name sheets does not exist!")]
    [TestCase("Conversion Error: Could not convert string 'No IO Error' to INT32")]
    public void Working_WhenTheStatementIsWrong_LeavesItABug(string message) =>
        Assert.That(DuckDbTrouble.Working(Exception(message), new WorkspaceFolder("/w")), Is.Null);

    // DuckDB.NET keeps its constructors to itself, and no test can fill the disk.
    private static DuckDBException Exception(string message) => (DuckDBException)Activator.CreateInstance(
        typeof(DuckDBException), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [message], culture: null)!;
}

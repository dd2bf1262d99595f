using System.Runtime.CompilerServices;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Looks at everything that the product needs of a Databricks workspace, and at what its documentation leaves open and we count on.</summary>
internal sealed class WorkspaceDoctor(
    CredentialsExamination credentials, WarehouseExamination warehouse, VolumeExamination volume, TableExaminations tables, ModelExamination model, JobExamination job)
{
    /// <summary>The checks, each as it is done. One that fails does not stop the others.</summary>
    /// <param name="findTablesAsync">Says how the product's own tables stand; throws when they are not as they must be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async IAsyncEnumerable<WorkspaceCheck> ExamineAsync(Func<CancellationToken, Task<WorkspacePreparation>> findTablesAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Examination[] all = [credentials.Examination, warehouse.Examination, volume.Examination, .. tables.All(findTablesAsync), model.Examination, job.Examination];
        foreach (var examination in all) yield return await ExamineAsync(examination, cancellationToken);
    }

    private static async Task<WorkspaceCheck> ExamineAsync(Examination examination, CancellationToken cancellationToken)
    {
        try
        {
            var finding = await examination.LookAsync(cancellationToken);
            return new WorkspaceCheck(examination.Name, finding.Remedy is null, finding.Text, finding.Remedy);
        }
        catch (UpstreamException e)
        {
            return new WorkspaceCheck(examination.Name, Passed: false, e.Message, examination.Remedy);
        }
        // An answer of a form that nobody expects, which is worth knowing too. Its text may be data.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new WorkspaceCheck(examination.Name, Passed: false, $"The workspace answered in a form that is not understood ({e.GetType().Name}).", examination.Remedy);
        }
    }
}

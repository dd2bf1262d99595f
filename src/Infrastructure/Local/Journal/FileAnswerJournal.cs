using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Infrastructure.Local.Journal;

/// <summary>The journals of an embedded workspace: a folder for each training sheet, a file for some hundred answers.</summary>
internal sealed partial class FileAnswerJournal(WorkspaceFolder workspace, ILogger<FileAnswerJournal> logger) : IAnswerJournal
{
    public async Task<IRunJournal> OpenAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        var folder = FolderOf(sheet.Id);
        return new FileRunJournal(folder, sheet.Lease.Epoch, await Task.Run(() => ReadLeft(sheet.Id, folder), cancellationToken), e => LogLost(e, sheet.Id));
    }

    public Task DropAsync(TrainingSheetId id, CancellationToken cancellationToken) => Task.Run(() => FileRunJournal.Remove(FolderOf(id)), cancellationToken);

    // An id has the shape of a file name.
    private string FolderOf(TrainingSheetId id) => Path.Combine(workspace.Journal, id.Value);

    private List<LeftSegment> ReadLeft(TrainingSheetId id, string folder)
    {
        var (left, damaged) = (new List<LeftSegment>(), 0);
        try
        {
            if (!Directory.Exists(folder)) return left;
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                left.Add(new LeftSegment(file, JournalLine.Read(File.ReadAllBytes(file), out var lines)));
                damaged += lines;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(e, id);
        }

        if (damaged > 0) LogDamaged(id, damaged);
        return left;
    }

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: {Lines} lines of its journal are damaged; what they held is asked again")]
    private partial void LogDamaged(TrainingSheetId id, int lines);

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: its journal cannot be read; what it held is asked again")]
    private partial void LogUnreadable(Exception exception, TrainingSheetId id);

    [LoggerMessage(LogLevel.Warning, "Training sheet {Id}: its journal cannot be written; should this process die, answers since the last commit are asked again")]
    private partial void LogLost(Exception exception, TrainingSheetId id);
}

/// <summary>A file that an earlier run left.</summary>
/// <param name="File">The file.</param>
/// <param name="Entries">What it holds.</param>
internal sealed record LeftSegment(string File, IReadOnlyList<JournalEntry> Entries);

using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Infrastructure.Local.Sources.Tables;

namespace Mirion.Generation.Infrastructure.Local.Sample;

/// <summary>Puts the PCB defects sample into a new workspace, never over anything that is there.</summary>
/// <param name="samples">Where the sample's files are.</param>
/// <param name="folder">The workspace.</param>
/// <param name="sheets">Where its sheet goes.</param>
/// <param name="templates">Where its template goes.</param>
/// <param name="labels">Where its labels go.</param>
/// <param name="clock">The time of labels that bear none.</param>
internal sealed class SampleSeeder(
    SampleFolder samples, WorkspaceFolder folder, ISheetRepository sheets, IPromptTemplateRepository templates, ICanonicalLabelRepository labels, TimeProvider clock)
    : ISampleSeeder
{
    private const string Author = "sample";

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        // A table is there when a file of any kind is that table; a second one would make it ambiguous.
        Copy(Path.Combine(samples.Root, "tables"), folder.Tables, TableFiles.IsThere);
        Copy(Path.Combine(samples.Root, "Volumes"), folder.Volumes, file => file.Exists);
        var sheet = DomainJson.Read<SheetDraft>(await ReadAsync("sheet.json", cancellationToken));
        await sheets.AddAsync(Sheet.Create(new SheetId(sheet.Id!), sheet).Value, cancellationToken);
        var template = DomainJson.Read<TemplateDraft>(await ReadAsync("template.json", cancellationToken));
        await templates.AddAsync(PromptTemplate.Create(new TemplateId(template.Id!), template).Value, new Publication(Author, clock.GetUtcNow()), cancellationToken);
        await AddLabelsAsync(cancellationToken);
    }

    private async Task AddLabelsAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(samples.Root, "labels.jsonl"));
        await using var import = await labels.BeginImportAsync(cancellationToken);
        await foreach (var row in LabelRows.FromJsonLines(file, cancellationToken))
        {
            var label = row.Draft?.ToLabel(Author, clock.GetUtcNow()).Value ?? throw new JsonException($"labels.jsonl, line {row.Number}: {row.Fault}");
            if (await labels.FindAsync(label.Id, cancellationToken) is null) await import.AddAsync([label], cancellationToken);
        }

        await import.CommitAsync(cancellationToken);
    }

    private Task<string> ReadAsync(string name, CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.Combine(samples.Root, name), cancellationToken);

    private static void Copy(string from, string to, Predicate<FileInfo> isThere)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = new FileInfo(Path.Combine(to, Path.GetRelativePath(from, file)));
            target.Directory!.Create();
            if (isThere(target)) continue;
            // Under another name first: a copy that is broken off leaves no half file behind that the next attempt would take for the user's own, nor,
            // the name being hidden, one that is an item of a volume.
            var part = Path.Combine(target.DirectoryName!, $".{target.Name}.part");
            File.Copy(file, part, overwrite: true);
            File.Move(part, target.FullName);
        }
    }
}

/// <summary>Where the sample's files are: beside the binaries, where the build puts them.</summary>
/// <param name="Root">The folder.</param>
internal sealed record SampleFolder(string Root)
{
    /// <summary>The one that came with this program.</summary>
    public static SampleFolder Shipped { get; } = new(Path.Combine(AppContext.BaseDirectory, "samples", "pcb-defects"));
}

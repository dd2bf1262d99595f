using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

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
        Copy(Path.Combine(samples.Root, "tables"), folder.Tables);
        Copy(Path.Combine(samples.Root, "Volumes"), folder.Volumes);
        var sheet = DomainJson.Read<SheetDraft>(await ReadAsync("sheet.json", cancellationToken));
        await sheets.AddAsync(Sheet.Create(new SheetId(sheet.Id!), sheet).Value, cancellationToken);
        var template = DomainJson.Read<TemplateDraft>(await ReadAsync("template.json", cancellationToken));
        await templates.AddAsync(PromptTemplate.Create(new TemplateId(template.Id!), template).Value, cancellationToken);
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

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            if (File.Exists(target)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Under another name first: a copy that is broken off leaves no half file behind that the next attempt would take for the user's own.
            var part = $"{target}.part";
            File.Copy(file, part, overwrite: true);
            File.Move(part, target);
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

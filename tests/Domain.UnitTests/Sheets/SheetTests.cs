using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.Sheets;

public sealed class SheetTests
{
    private static readonly SheetDraft Table = new() { SourceType = "uc_table", SourceTable = "factory.quality.inspections", ItemIdColumn = "inspection_id" };
    private static readonly SheetDraft Volume = new() { SourceType = "uc_volume", SourceVolume = "/Volumes/factory/quality/photos" };

    private static readonly TestCaseData[] Faults =
    [
        Case.Expecting(Table with { SourceType = null }, "source_type"),
        Case.Expecting(Table with { SourceType = "table" }, "source_type"),
        Case.Expecting(Table with { SourceTable = null }, "source_table"),
        Case.Expecting(Table with { SourceTable = "inspections" }, "source_table"),
        Case.Expecting(Table with { SourceVolume = "/Volumes/a/b/c" }, "source_volume"),
        Case.Expecting(Table with { SourcePath = "x" }, "source_path"),
        Case.Expecting(Table with { ItemIdColumn = null }, "item_id_column"),
        Case.Expecting(Table with { ItemIdColumn = " " }, "item_id_column"),
        Case.Expecting(Table with { TextColumns = ["note", " "] }, "text_columns"),
        Case.Expecting(Table with { TextColumns = [null!] }, "text_columns"),
        Case.Expecting(Table with { ImageColumns = ["photo", "photo"] }, "image_columns"),
        Case.Expecting(Table with { MetadataColumns = [""] }, "metadata_columns"),
        Case.Expecting(Table with { SamplingStrategy = "some", SampleSize = 3 }, "sampling_strategy"),
        Case.Expecting(Table with { SampleSize = 3 }, "sample_size"),
        Case.Expecting(Table with { SamplingStrategy = "all", SampleSize = 3 }, "sample_size"),
        Case.Expecting(Table with { SamplingStrategy = "first" }, "sample_size"),
        Case.Expecting(Table with { SamplingStrategy = "random", SampleSize = 0 }, "sample_size"),
        Case.Expecting(Table with { DefaultAllowedUses = ["training", "profit"] }, "default_allowed_uses"),
        Case.Expecting(Table with { DefaultProhibitedUses = ["Training"] }, "default_prohibited_uses"),
        Case.Expecting(Volume with { SourceTable = "a.b.c" }, "source_table"),
        Case.Expecting(Volume with { SourceVolume = null }, "source_volume"),
        Case.Expecting(Volume with { SourceVolume = "/etc" }, "source_volume"),
        Case.Expecting(Volume with { SourceVolume = "/Volumes/a/b/c/../d" }, "source_volume"),
        Case.Expecting(Volume with { SourcePath = "../other" }, "source_path"),
        Case.Expecting(Volume with { ItemIdColumn = "name" }, "item_id_column"),
        Case.Expecting(Volume with { ImageColumns = ["path"] }, "image_columns"),
        Case.Expecting(Volume with { FilterExpression = "size_bytes > 0" }, "filter_expression"),
    ];

    [TestCaseSource(nameof(Faults))]
    public void Create_WhenAFieldCannotBeRight_NamesIt(SheetDraft draft, string field)
    {
        var error = Create(draft).Error;

        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error!.Fields.Keys, Is.EqualTo(new[] { field }));
    }

    [Test]
    public void Create_WhenSeveralFieldsCannotBeRight_NamesThemAllAtOnce()
    {
        var draft = new SheetDraft
        {
            SourceType = "uc_table",
            SourceTable = "inspections",
            SourceVolume = "/Volumes/a/b/c",
            TextColumns = ["", "note"],
            ImageColumns = ["photo", "photo"],
            SamplingStrategy = "random",
            DefaultAllowedUses = ["profit"],
        };

        Assert.That(Create(draft).Error!.Fields.Keys, Is.EquivalentTo(new[]
        {
            "source_table", "source_volume", "item_id_column", "text_columns", "image_columns", "sample_size", "default_allowed_uses",
        }));
    }

    [Test]
    public void Create_WhenOnlyTheNecessaryIsGiven_TakesTheDefaults()
    {
        var sheet = Create(Table).Value;

        Assert.Multiple(() =>
        {
            Assert.That(sheet.Name, Is.EqualTo("inspections"), "its id");
            Assert.That(sheet.Source, Is.EqualTo(new TableSource(TableName.Parse("factory.quality.inspections").Value, "inspection_id")));
            Assert.That((sheet.Sampling, sheet.SampleSize), Is.EqualTo((SamplingStrategy.All, (int?)null)));
            Assert.That(sheet.DefaultUsage, Is.EqualTo(UsagePolicy.Unrestricted));
            Assert.That(sheet.NamedColumns, Is.Empty);
        });
    }

    [Test]
    public void Create_WhenNameAndFilterAreBlank_TakesThemAsAbsent()
    {
        var sheet = Create(Table with { Name = " ", FilterExpression = "\n" }).Value;

        Assert.That((sheet.Name, sheet.FilterExpression), Is.EqualTo(("inspections", (string?)null)));
    }

    [Test]
    public void NamedColumns_WhenTheSameColumnHasSeveralParts_NamesItOnce() => Assert.That(
        SheetBuilder.Table(textColumns: ["note", "NOTE"], imageColumns: ["photo"], metadataColumns: ["note", "line"]).NamedColumns,
        Is.EqualTo(new[] { "note", "NOTE", "photo", "line" }));

    [TestCase("/Volumes/factory/quality/photos", null, "/Volumes/factory/quality/photos")]
    [TestCase("factory.quality.photos", "2026/march", "/Volumes/factory/quality/photos/2026/march")]
    [TestCase("/Volumes/factory/quality/photos/2026", "/march/", "/Volumes/factory/quality/photos/2026/march")]
    public void Create_WhenAVolume_IsTheDirectoryOfVolumeAndPath(string volume, string? path, string directory) =>
        Assert.That(Create(Volume with { SourceVolume = volume, SourcePath = path }).Value.Source.ToString(), Is.EqualTo(directory));

    [Test]
    public void Create_WhenAVolumeNamesItsIdColumnAsItIs_TakesIt() => Assert.That(Create(Volume with { ItemIdColumn = "path", ImageColumns = [] }).IsSuccess, Is.True);

    [Test]
    public void Create_WhenTheDraftsListsChangeLater_StaysAsItWas()
    {
        var columns = new List<string> { "note" };
        var sheet = Create(Table with { TextColumns = columns }).Value;
        columns.Add("line");

        Assert.That(sheet.TextColumns, Is.EqualTo(new[] { "note" }));
    }

    private static readonly Sheet FullTable = SheetBuilder.Table(
        name: "Inspections", description: "All lines", textColumns: ["note"], imageColumns: ["photo"], metadataColumns: ["line"], filter: "line = 'A'",
        sampling: "random", sampleSize: 20, allowedUses: ["training"], prohibitedUses: ["testing"]);

    private static readonly TestCaseData[] Sheets =
    [
        Case.Of(SheetBuilder.Table()),
        Case.Of(FullTable),
        Case.Of(SheetBuilder.Volume()),
        Case.Of(SheetBuilder.Volume(path: "2026/march")),
    ];

    [TestCaseSource(nameof(Sheets))]
    public void ToDraft_WhenMadeIntoASheetAgain_IsTheSameSheet(Sheet sheet)
    {
        var again = Create(sheet.ToDraft(), sheet.Id).Value;

        Assert.That(again, Is.EqualTo(sheet).UsingPropertiesComparer());
        Assert.That(again.ToDraft(), Is.EqualTo(sheet.ToDraft()).UsingPropertiesComparer());
    }

    private static Result<Sheet> Create(SheetDraft draft, SheetId? id = null) => Sheet.Create(id ?? new SheetId("inspections"), draft);
}

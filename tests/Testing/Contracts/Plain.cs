using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>Aggregates as text that is equal exactly when everything in them is; records compare the lists in them by identity.</summary>
public static class Plain
{
    /// <summary>Text no store may change: quotes, markers, comments, control characters, NUL, and characters beyond the first plane.</summary>
    public const string Awkward = "„Größe“ 'single' \"double\" `tick` \\back\\ -- ; /* $p0 :p0 {0} %s \0 \u0001 \r\n\t\u2028 😀 𝔘 e\u0301 \uFEFF";

    /// <summary>A sheet as text.</summary>
    public static string Text(Sheet sheet) => DomainJson.Write(sheet.ToDraft());

    /// <summary>A template as text.</summary>
    public static string Text(PromptTemplate template) => string.Create(CultureInfo.InvariantCulture, $"v{template.Version} {DomainJson.Write(template.ToDraft())}");

    /// <summary>A training sheet as text.</summary>
    public static string Text(TrainingSheet sheet)
    {
        var state = sheet.State;
        return string.Join('\n', Text(state.Recipe.Sheet), Text(state.Recipe.Template), DomainJson.Write(state.Recipe.Config), DomainJson.Write(new
        {
            Id = state.Id.Value,
            state.Name,
            state.Status,
            state.StatusReason,
            state.Mode,
            state.JobRunId,
            state.Tally,
            state.Statistics,
            state.Lease,
            state.CreatedAt,
            state.CreatedBy,
        }));
    }

    /// <summary>A pair as text.</summary>
    public static string Text(QAPair pair) => $"{pair.Id} {DomainJson.Write(pair.State)}";
}

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>A value of a statement, which always travels beside its text.</summary>
/// <param name="Kind">What sort of value.</param>
/// <param name="Value">The value, or null.</param>
internal sealed record SqlValue(ColumnKind Kind, object? Value);

/// <summary>The columns of a SELECT, each in the form that <see cref="SqlRow"/> reads.</summary>
/// <param name="Columns">The columns.</param>
internal sealed record SqlSelection(IReadOnlyList<ColumnDefinition> Columns);

/// <summary>A list of texts as a subquery with one column, whatever their number.</summary>
/// <param name="Texts">The texts.</param>
internal sealed record SqlTexts(IReadOnlyCollection<string> Texts);

/// <summary>The store's name of a type.</summary>
/// <param name="Kind">The type.</param>
internal sealed record SqlType(ColumnKind Kind);

/// <summary>A text as a literal, where a store takes no parameter: comments of our own tables, and nothing else.</summary>
/// <param name="Text">The text.</param>
internal sealed record SqlComment(string Text);

/// <summary>A name that somebody else gave, such as that of a user's table or column, quoted part by part.</summary>
/// <param name="Parts">Its parts, such as catalog, schema and table.</param>
internal sealed record SqlName(params IReadOnlyList<string> Parts);

/// <summary>The text at a place within a column of JSON; null where there is nothing.</summary>
/// <param name="Column">The column.</param>
/// <param name="Path">The place, such as <c>$[0].role</c>, which the code itself spells out.</param>
internal sealed record SqlJsonText(ColumnDefinition Column, string Path);

/// <summary>Rows that were staged, as a relation to select from.</summary>
/// <param name="Relation">The relation, in the store's own words.</param>
internal sealed record SqlStaged(string Relation);

/// <summary>
/// A statement, or a part of one. What is interpolated never becomes text: tables and columns are quoted by the dialect, plain values become
/// parameters, statements are put in as parts. Only what the code itself spells out is SQL.
/// </summary>
internal sealed class SqlStatement
{
    private SqlStatement(FormattableString text) => Text = text;

    /// <summary>What the code spells out, with what stands between.</summary>
    public FormattableString Text { get; }

    /// <summary>The statement that <paramref name="text"/> spells.</summary>
    public static SqlStatement Of(FormattableString text) => new(text);

    /// <summary>The parts, one after another with commas between.</summary>
    public static SqlStatement List(IEnumerable<SqlStatement> parts) => parts.Aggregate((left, right) => Of($"{left}, {right}"));

    /// <summary>The conditions that are not null, all of which must hold.</summary>
    public static SqlStatement All(params IEnumerable<SqlStatement?> conditions) =>
        conditions.OfType<SqlStatement>().Aggregate((left, right) => Of($"{left} AND {right}"));
}

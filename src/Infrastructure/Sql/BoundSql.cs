using System.Globalization;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>A value under the name it has in a statement.</summary>
/// <param name="Name">The name, without the dialect's marker.</param>
/// <param name="Value">The value.</param>
internal sealed record SqlParameter(string Name, SqlValue Value);

/// <summary>A statement as one store takes it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parameters">The values.</param>
internal sealed record BoundSql(string Text, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary><paramref name="statement"/> in the words of <paramref name="dialect"/>.</summary>
    public static BoundSql Of(SqlStatement statement, ISqlDialect dialect)
    {
        var binder = new Binder(dialect);
        return new BoundSql(binder.Spell(statement), binder.Parameters);
    }

    private sealed class Binder(ISqlDialect dialect) : IFormatProvider, ICustomFormatter
    {
        public List<SqlParameter> Parameters { get; } = [];

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Spell(SqlStatement statement) => statement.Text.ToString(this);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            SqlStatement part => Spell(part),
            TableDefinition table => dialect.Table(table),
            ColumnDefinition column => dialect.Quote(column.Name),
            IEnumerable<ColumnDefinition> columns => string.Join(", ", columns.Select(column => dialect.Quote(column.Name))),
            SqlName name => string.Join('.', name.Parts.Select(dialect.Quote)),
            SqlSelection selection => string.Join(", ", selection.Columns.Select(dialect.Selected)),
            SqlType type => dialect.TypeOf(type.Kind),
            SqlComment comment => dialect.Literal(comment.Text),
            SqlJsonText json => dialect.JsonText(json.Column, json.Path),
            SqlStaged staged => staged.Relation,
            SqlTexts texts => dialect.Unnest(Add(new SqlValue(ColumnKind.TextList, texts.Texts))),
            SqlValue value => Add(value),
            string text => Add(new SqlValue(ColumnKind.Text, text)),
            int number => Add(new SqlValue(ColumnKind.Integer, number)),
            long number => Add(new SqlValue(ColumnKind.BigInt, number)),
            Guid id => Add(new SqlValue(ColumnKind.Uuid, id)),
            DateTimeOffset time => Add(new SqlValue(ColumnKind.Timestamp, time)),
            _ => throw new ArgumentException($"A {arg?.GetType().Name ?? "null without a kind"} cannot stand in a statement.", nameof(arg)),
        };

        private string Add(SqlValue value)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"p{Parameters.Count}");
            Parameters.Add(new SqlParameter(name, value));
            return dialect.Parameter(name, value.Kind);
        }
    }
}

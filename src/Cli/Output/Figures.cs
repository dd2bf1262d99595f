using System.Globalization;
using Spectre.Console;

namespace Mirion.Generation.Cli.Output;

/// <summary>A small table of counts: what, how many, and a remark.</summary>
internal sealed class Figures
{
    private readonly Table _table = new Table().Border(TableBorder.Rounded).HideHeaders()
        .AddColumn(new TableColumn(string.Empty).NoWrap())
        .AddColumn(new TableColumn(string.Empty).RightAligned().NoWrap())
        .AddColumn(new TableColumn(string.Empty));

    /// <summary>Adds a row.</summary>
    public Figures Add(string what, long count, string remark = "") => Add(what, Number(count), remark);

    /// <summary>Adds a row whose figure is no plain number.</summary>
    public Figures Add(string what, string figure, string remark = "")
    {
        _table.AddRow(new Text(what), new Text(figure), new Text(remark));
        return this;
    }

    /// <summary>Draws a line below the rows so far.</summary>
    public Figures Divide()
    {
        _table.AddEmptyRow();
        return this;
    }

    /// <summary>Writes the table.</summary>
    public void WriteTo(IAnsiConsole console) => console.Write(_table);

    /// <summary>A count with its thousands marked.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time in seconds.</summary>
    public static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:N1} s");
}

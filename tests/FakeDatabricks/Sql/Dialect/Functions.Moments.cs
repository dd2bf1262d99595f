namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <content>Functions of dates and moments.</content>
internal static partial class Functions
{
    private static void AddMoments()
    {
        Add("unix_micros", 1, a => $"epoch_us({a[0]})");
        Add("unix_millis", 1, a => $"epoch_ms({a[0]})");
        Add("unix_seconds unix_timestamp to_unix_timestamp", 1, a => $"CAST(floor(epoch({Moment(a[0])})) AS BIGINT)");
        Add("unix_date", 1, a => $"CAST(date_diff('day', DATE '1970-01-01', {a[0]}) AS INTEGER)");
        Add("timestamp_micros", 1, a => $"CAST(make_timestamptz({a[0]}) AS TIMESTAMPTZ)");
        Add("timestamp_millis", 1, a => $"make_timestamptz({a[0]} * 1000)");
        Add("timestamp_seconds", 1, a => $"make_timestamptz(CAST({a[0]} * 1000000 AS BIGINT))");
        Add("to_timestamp", 1, 2, a => a.Count == 1 ? Moment(a[0]) : $"CAST(dbx_parse_moment({a[0]}, {a[1]}) AS TIMESTAMPTZ)");
        Add("try_to_timestamp", 1, a => $"TRY_CAST({a[0]} AS TIMESTAMPTZ)");
        Add("to_date", 1, 2, a => a.Count == 1 ? $"CAST({a[0]} AS DATE)" : $"CAST(CAST(dbx_parse_moment({a[0]}, {a[1]}) AS TIMESTAMPTZ) AS DATE)");
        Add("date", 1, a => $"CAST({a[0]} AS DATE)");
        Add("timestamp", 1, a => Moment(a[0]));
        Add("date_format", 2, a => $"dbx_date_format(CAST({Moment(a[0])} AS VARCHAR), {a[1]})");
        // The zone of the session, which the moment is seen in first, is UTC.
        Add("convert_timezone", 2, a => $"({Moment(a[1])} AT TIME ZONE {a[0]})");
        Add("from_unixtime", 1, 2, a =>
            $"dbx_date_format(CAST(make_timestamptz({a[0]} * 1000000) AS VARCHAR), {(a.Count > 1 ? a[1] : "'yyyy-MM-dd HH:mm:ss'")})");
        Add("date_trunc", 2, a => $"date_trunc({a[0]}, {Moment(a[1])})");
        Add("trunc", 2, a => $"CAST(date_trunc({a[1]}, {a[0]}) AS DATE)");
        foreach (var part in new[] { "year", "quarter", "month", "day", "hour", "minute", "second", "dayofyear" })
        {
            Add(part, 1, a => $"CAST({part}({Moment(a[0])}) AS INTEGER)");
        }

        Add("dayofmonth", 1, a => $"CAST(day({Moment(a[0])}) AS INTEGER)");
        Add("dayofweek", 1, a => $"CAST(dayofweek({Moment(a[0])}) + 1 AS INTEGER)");
        Add("weekday", 1, a => $"CAST(isodow({Moment(a[0])}) - 1 AS INTEGER)");
        Add("weekofyear", 1, a => $"CAST(week({Moment(a[0])}) AS INTEGER)");
        Add("date_add dateadd", 2, a => $"CAST(CAST({a[0]} AS DATE) + CAST({a[1]} AS INTEGER) AS DATE)");
        Add("date_sub", 2, a => $"CAST(CAST({a[0]} AS DATE) - CAST({a[1]} AS INTEGER) AS DATE)");
        Add("datediff date_diff", 2, a => $"CAST(date_diff('day', CAST({a[1]} AS DATE), CAST({a[0]} AS DATE)) AS INTEGER)");
        Add("add_months", 2, a => $"CAST(CAST({a[0]} AS DATE) + to_months(CAST({a[1]} AS INTEGER)) AS DATE)");
        Same("last_day", 1, 1);
        Same("make_date", 3, 3);
        Add("make_timestamp", 6, a => Call("make_timestamptz", a));
    }

    private static string Moment(string value) => $"CAST({value} AS TIMESTAMPTZ)";
}

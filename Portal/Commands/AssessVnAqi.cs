using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess vn-aqi</c>: VN_AQI of each hour or day of a file of hourly means (µg/m³), without a database. A row is named by the full hour
/// at which its hour ends, in the province's time where it names no zone. The decision sets no minimum of hours: those counted stand beside the index.</summary>
public sealed class AssessVnAqi
{
    private const string Time = "time";
    private const string Medium = "air";
    private const int EarliestYear = 1990;
    private const int LatestYear = 2100;

    private static readonly string[] Dust = ["PM2.5", "PM10"];
    private static readonly string[] Series = ["PM2.5", "PM10", "O3_1h", "O3_8h", "CO", "SO2", "NO2"];

    /// <summary>0 only if every row was read.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var byDay = context.Line.Option("period") switch
        {
            "hour" => false,
            "day" => true,
            null => throw new UsageException(UsageFault.ArgumentsWrong, "assess vn-aqi FILE --period hour|day"),
            var other => throw new UsageException(UsageFault.OptionValueInvalid, "period", other),
        };
        var report = AssessReport.Open(context);
        var index = new VnAqi(report.Seed.Indices.Newest(VnAqi.Kind));
        var file = AssessFile.Read(report.Path, [Time], new AssessHeader(report.Seed, Medium, HourlyAir.Pollutants.Contains));
        file.RequireOneOf(Dust);
        var hours = await ReadAsync(report, file);

        await report.LineAsync(["time", "aqi", "band", "main", .. Series, "reason", "hours"]);
        if (hours.Count > 0)
        {
            var air = Gather(hours);
            foreach (var (name, result, explain) in byDay ? Days(index, report, air, hours) : Hours(index, report, air, hours))
            {
                cancel.ThrowIfCancellationRequested();
                await report.LineAsync([name, AssessReport.Whole(result.Index), result.Band?.NameVi ?? "", result.Main ?? "",
                    .. Series.Select(series => AssessReport.Whole(result.Of(series))), result.Reason, Counted(report, result)]);
                if (context.Line.Has("explain"))
                    await report.ExplainAsync(explain());
            }
        }
        return await report.EndAsync(file);
    }

    // "PM2.5 23/24; PM10 13/24 (ít giờ)"
    private static string Counted(AssessReport report, VnAqiResult result) => string.Join("; ", result.SubIndices.Select(sub =>
        $"{sub.Series} {sub.Hours.Present}/{sub.Hours.Span}{(sub.Hours.Few ? $" ({report.Context.Texts["FewHours"]})" : "")}"));

    private static IEnumerable<(string Name, VnAqiResult Result, Func<Domain.Assessment.Explanation> Explain)> Hours(
        VnAqi index, AssessReport report, HourlyAir air, SortedDictionary<DateTime, Means> hours) =>
        hours.Select(hour => (hour.Value.Row[Time], index.OfHour(air, hour.Key),
            (Func<Domain.Assessment.Explanation>)(() => VnAqiExplanation.OfHour(index, report.Seed.Parameters, air, hour.Key))));

    // The hour that ends at midnight belongs to the day before.
    private static IEnumerable<(string Name, VnAqiResult Result, Func<Domain.Assessment.Explanation> Explain)> Days(
        VnAqi index, AssessReport report, HourlyAir air, SortedDictionary<DateTime, Means> hours) =>
        hours.Keys.Select(hour => DateOnly.FromDateTime(hour.AddHours(-1))).Distinct().Select(day => (
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), index.OfDay(air, day),
            (Func<Domain.Assessment.Explanation>)(() => VnAqiExplanation.OfDay(index, report.Seed.Parameters, air, day))));

    private static HourlyAir Gather(SortedDictionary<DateTime, Means> hours)
    {
        var air = new HourlyAir(hours.Keys.First(), hours.Keys.Last());
        foreach (var (hour, means) in hours)
        {
            for (var pollutant = 0; pollutant < HourlyAir.Pollutants.Count; pollutant++)
                air[pollutant, hour] = means.Values.TryGetValue(HourlyAir.Pollutants[pollutant], out var mean) ? mean.Number : null;
        }
        return air;
    }

    private static async Task<SortedDictionary<DateTime, Means>> ReadAsync(AssessReport report, AssessFile file)
    {
        var (hours, clock) = (new SortedDictionary<DateTime, Means>(), new AssessTime());
        foreach (var row in file.Rows)
        {
            // A pollutant that cannot be read says nothing against the others of its hour.
            var values = row.Values(HourlyAir.Pollutants, eachAlone: true);
            foreach (var (column, _) in values.Where(value => value.Value.Censoring == Censoring.Above).ToList())
            {
                values.Remove(column);
                row.LeaveOut(column, AssessFault.NotANumber, row[column]);
            }
            if (HourOf(clock, row) is not { } hour)
                continue;
            if (hours.TryGetValue(hour, out var before))
                row.Refuse(Time, AssessFault.HourTwice, row[Time], before.Row.Line.ToString(CultureInfo.InvariantCulture));
            else
                hours.Add(hour, new(row, values));
            if (row.IsGood && values.Values.Any(value => value.IsCensored))
                await report.WarnAsync(row.Line, "below_detection");
        }
        if (clock.Converted > 0)
            await report.Context.Notes.WriteLineAsync(report.Context.Texts["AssessTimesConverted", report.Path, clock.Converted]);
        return hours;
    }

    private static DateTime? HourOf(AssessTime clock, AssessRow row)
    {
        var hour = clock.Moment(row, Time);
        if (hour is { Minute: 0, Second: 0, Millisecond: 0, Year: >= EarliestYear and <= LatestYear } && row[Time].Contains(':', StringComparison.Ordinal))
            return hour;
        if (row.IsGood)
            row.Refuse(Time, AssessFault.NotAnHour, row[Time]);
        return null;
    }

    private sealed record Means(AssessRow Row, Dictionary<string, ReportedValue> Values);
}

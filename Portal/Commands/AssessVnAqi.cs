using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess vn-aqi</c>: VN_AQI of each hour or day of a file of hourly means (µg/m³), without a database. A row is named by the full hour
/// at which its hour ends, local time.</summary>
public sealed partial class AssessVnAqi
{
    private const string Time = "time";
    private const int EarliestYear = 1990;
    private const int LatestYear = 2100;

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
        var file = AssessFile.Read(report.Path, [Time], header => header == Time || HourlyAir.Pollutants.Contains(header) ? header : null);
        var hours = await ReadAsync(report, file);

        await report.LineAsync(["time", "aqi", "band", "main", .. Series, "reason"]);
        if (hours.Count > 0)
        {
            var air = Gather(hours);
            foreach (var (name, result, explain) in byDay ? Days(index, report, air, hours) : Hours(index, report, air, hours))
            {
                cancel.ThrowIfCancellationRequested();
                await report.LineAsync([name, AssessReport.Whole(result.Index), result.Band?.NameVi ?? "", result.Main ?? "",
                    .. Series.Select(series => AssessReport.Whole(result.Of(series))), result.Reason]);
                if (context.Line.Has("explain"))
                    await report.ExplainAsync(explain());
            }
        }
        return await report.EndAsync(file);
    }

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
        var hours = new SortedDictionary<DateTime, Means>();
        foreach (var row in file.Rows)
        {
            var values = row.Values(HourlyAir.Pollutants);
            foreach (var (column, value) in values.Where(value => value.Value.Censoring == Censoring.Above))
                row.Refuse(column, AssessFault.NotANumber, row[column]);
            if (HourOf(row[Time]) is not { } hour)
                row.Refuse(Time, AssessFault.NotAnHour, row[Time]);
            else if (hours.TryGetValue(hour, out var before))
                row.Refuse(Time, AssessFault.HourTwice, row[Time], before.Row.Line.ToString(CultureInfo.InvariantCulture));
            else if (row.IsGood)
                hours.Add(hour, new(row, values));
            if (row.IsGood && values.Values.Any(value => value.IsCensored))
                await report.WarnAsync(row.Line, "below_detection");
        }
        return hours;
    }

    // Local time as written; an offset says nothing more, since the station's own clock counts.
    private static DateTime? HourOf(string text)
    {
        var written = Instant().Match(text);
        if (!written.Success || !DateOnly.TryParseExact(written.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year is < EarliestYear or > LatestYear)
            return null;
        var hour = int.Parse(written.Groups[2].Value, CultureInfo.InvariantCulture);
        return hour <= 24 ? day.ToDateTime(TimeOnly.MinValue).AddHours(hour) : null;
    }

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})[T ](\d{2}):00(?::00(?:[.,]0+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?$")]
    private static partial Regex Instant();

    private sealed record Means(AssessRow Row, Dictionary<string, ReportedValue> Values);
}

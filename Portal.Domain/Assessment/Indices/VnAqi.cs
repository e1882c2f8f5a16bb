using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The index of one pollutant.</summary>
/// <param name="Series">PM2.5, PM10, O3_1h, O3_8h, CO, SO2, NO2.</param>
/// <param name="Concentration">µg/m³: the hour's mean, NowCast, the day's mean or its highest hour, as the series asks.</param>
/// <param name="Value">Before rounding.</param>
public sealed record AqiSubIndex(string Series, string Pollutant, decimal Concentration, IndexSegment Segment, decimal Value)
{
    /// <summary>Of which hours it was made.</summary>
    public HoursCounted Hours { get; init; }

    public int Index => Rounding.HalfUp(Value);
}

/// <summary>How many of the hours that a mean or highest hour looks at have a value.</summary>
/// <param name="Few">Fewer than the share at which the portal marks it "ít giờ": the decision sets no minimum.</param>
public readonly record struct HoursCounted(int Present, int Span, bool Few);

/// <summary>The mean of a window of hours.</summary>
public readonly record struct RollingMean(decimal Mean, HoursCounted Hours);

/// <summary>VN_AQI of one hour or day.</summary>
/// <param name="SubIndices">Of the pollutants that could be scored.</param>
/// <param name="Main">The series that decides; null without an index.</param>
/// <param name="Reason">Why there is no index, as a code; empty otherwise.</param>
public sealed record VnAqiResult(IReadOnlyList<AqiSubIndex> SubIndices, int? Index, string? Main, IndexBand? Band, string Reason)
{
    /// <summary>The index of a series, or null.</summary>
    public int? Of(string series)
    {
        foreach (var sub in SubIndices)
        {
            if (sub.Series == series)
                return sub.Index;
        }
        return null;
    }
}

/// <summary>VN_AQI (QĐ 1459/QĐ-TCMT, 12/11/2019) by hour and by day: the highest index of the pollutants; dust must be among them.</summary>
/// <param name="table">Tables and constants of kind vn-aqi.</param>
public sealed class VnAqi(IndexTable table)
{
    public const string Kind = "vn-aqi";
    public const string DustMissing = "pm_required";

    private const int HoursOfDay = 24;
    private const int PM25 = 0, PM10 = 1, O3 = 2, CO = 3, SO2 = 4, NO2 = 5;

    private readonly NowCast nowCast = new(table);
    private readonly int rollingHours = (int)table.Constant("rolling_hours");
    private readonly decimal shareMarked = table.Constant("few_hours_below");

    public IndexTable Table => table;

    /// <summary>AQI of an hour: gases by the hour's mean, dust by NowCast.</summary>
    public VnAqiResult OfHour(HourlyAir air, DateTime hour)
    {
        var subs = new List<AqiSubIndex>(6);
        AddNowCast(subs, "PM2.5", air, PM25, hour);
        AddNowCast(subs, "PM10", air, PM10, hour);
        Add(subs, "O3_1h", air[O3, hour], Count(1, 1));
        Add(subs, "CO", air[CO, hour], Count(1, 1));
        Add(subs, "SO2", air[SO2, hour], Count(1, 1));
        Add(subs, "NO2", air[NO2, hour], Count(1, 1));
        return Combine(subs);
    }

    /// <summary>AQI of a day, whose hours end at 01:00 … 00:00 of the next day: dust by the day's mean, ozone by the highest hour and the highest
    /// 8-hour mean, other gases by the highest hour. However few the hours are: the decision sets no minimum.</summary>
    public VnAqiResult OfDay(HourlyAir air, DateOnly day)
    {
        var lastHour = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var subs = new List<AqiSubIndex>(7);
        Span<decimal?> hours = stackalloc decimal?[HoursOfDay];
        for (var pollutant = PM25; pollutant <= NO2; pollutant++)
        {
            air.CopyBack(pollutant, lastHour, hours);
            var counted = Count(Present(hours), HoursOfDay);
            if (counted.Present == 0)
                continue;
            var name = HourlyAir.Pollutants[pollutant];
            if (pollutant is PM25 or PM10)
            {
                Add(subs, name, Mean(hours), counted);
            }
            else if (pollutant == O3)
            {
                Add(subs, "O3_1h", Highest(hours), counted);
                // The scale of 8-hour means ends at 400 µg/m³; above it only the hourly one counts.
                if (Highest(RollingMeans(air, day)) is { } rolling)
                    Add(subs, "O3_8h", rolling.Mean, rolling.Hours);
            }
            else
            {
                Add(subs, name, Highest(hours), counted);
            }
        }
        return Combine(subs);
    }

    /// <summary>The means of the eight hours that end at each hour of the day, 01:00 first, of the hours that have a value; null without any.</summary>
    public RollingMean?[] RollingMeans(HourlyAir air, DateOnly day)
    {
        var first = day.ToDateTime(new TimeOnly(1, 0));
        var means = new RollingMean?[HoursOfDay];
        Span<decimal?> window = stackalloc decimal?[rollingHours];
        for (var i = 0; i < HoursOfDay; i++)
        {
            air.CopyBack(O3, first.AddHours(i), window);
            means[i] = Present(window) is > 0 and var present ? new(Mean(window), Count(present, rollingHours)) : null;
        }
        return means;
    }

    /// <summary>The highest of the means, of equal ones that of more hours; null without any.</summary>
    public static RollingMean? Highest(IEnumerable<RollingMean?> means) => means.MaxBy(mean => (mean?.Mean, mean?.Hours.Present));

    /// <summary>The index of a concentration on a series; null where the series does not reach it.</summary>
    public AqiSubIndex? Score(string series, decimal concentration)
    {
        var scale = table.Scale(series)!;
        return scale.Find(concentration) is { } step ? new(series, scale.Group, concentration, step, step.IndexAt(concentration)) : null;
    }

    /// <summary>The highest of the indices; at least one must be of dust.</summary>
    public VnAqiResult Combine(IReadOnlyList<AqiSubIndex> subs)
    {
        if (!subs.Any(sub => sub.Series is "PM2.5" or "PM10"))
            return new(subs, null, null, null, DustMissing);
        var main = subs.MaxBy(sub => sub.Value)!;
        return new(subs, main.Index, main.Series, table.Band(main.Index), "");
    }

    private HoursCounted Count(int present, int span) => new(present, span, present < shareMarked * span);

    private void Add(List<AqiSubIndex> subs, string series, decimal? concentration, HoursCounted hours)
    {
        if (concentration is { } known && Score(series, known) is { } sub)
            subs.Add(sub with { Hours = hours });
    }

    private void AddNowCast(List<AqiSubIndex> subs, string series, HourlyAir air, int pollutant, DateTime hour)
    {
        Span<decimal?> hours = stackalloc decimal?[nowCast.Hours];
        air.CopyBack(pollutant, hour, hours);
        Add(subs, series, nowCast.Of(hours), Count(Present(hours), nowCast.Hours));
    }

    private static int Present(ReadOnlySpan<decimal?> hours)
    {
        var count = 0;
        foreach (var hour in hours)
            count += hour is null ? 0 : 1;
        return count;
    }

    private static decimal Mean(ReadOnlySpan<decimal?> hours)
    {
        var (sum, count) = (0m, 0);
        foreach (var hour in hours)
        {
            if (hour is { } value)
                (sum, count) = (sum + value, count + 1);
        }
        return sum / count;
    }

    private static decimal? Highest(ReadOnlySpan<decimal?> hours)
    {
        decimal? highest = null;
        foreach (var hour in hours)
        {
            if (hour is { } value && !(value <= highest))
                highest = value;
        }
        return highest;
    }
}

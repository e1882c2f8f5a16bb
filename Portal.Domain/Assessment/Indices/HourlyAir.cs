namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>Hourly means of one station in µg/m³, by pollutant and hour. An hour is named by the full hour at which it ends, local time.</summary>
public sealed class HourlyAir
{
    /// <summary>PM2.5, PM10, O3, CO, SO2, NO2: the order in which a tie is named.</summary>
    public static IReadOnlyList<string> Pollutants { get; } = ["PM2.5", "PM10", "O3", "CO", "SO2", "NO2"];

    private readonly DateTime first;
    private readonly decimal?[][] values;

    /// <param name="first">The earliest hour.</param>
    /// <param name="last">The latest hour.</param>
    public HourlyAir(DateTime first, DateTime last)
    {
        this.first = first;
        Count = (int)(last - first).TotalHours + 1;
        values = Pollutants.Select(_ => new decimal?[Count]).ToArray();
    }

    public int Count { get; }

    /// <summary>A mean, or null where it is missing or outside the series.</summary>
    public decimal? this[int pollutant, DateTime hour]
    {
        get => IndexOf(hour) is var at && at >= 0 && at < Count ? values[pollutant][at] : null;
        set => values[pollutant][IndexOf(hour)] = value;
    }

    /// <summary>Copies the hours that end with this one, the newest first; missing ones are null.</summary>
    public void CopyBack(int pollutant, DateTime newest, Span<decimal?> hours)
    {
        var at = IndexOf(newest);
        for (var i = 0; i < hours.Length; i++)
            hours[i] = at - i >= 0 && at - i < Count ? values[pollutant][at - i] : null;
    }

    private int IndexOf(DateTime hour) => (int)((hour - first).Ticks / TimeSpan.TicksPerHour);
}

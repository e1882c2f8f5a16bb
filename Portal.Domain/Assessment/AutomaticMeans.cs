namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A reading of an automatic station: the mean of its sending interval, which ends at <paramref name="Time"/>.</summary>
/// <param name="Status">"00" measuring, "01" calibrating, "02" device error (Thông tư 10/2021/TT-BTNMT, Phụ lục 15).</param>
public readonly record struct AutomaticReading(DateTime Time, decimal Value, string Status);

/// <summary>The mean of a span of readings.</summary>
/// <param name="Used">Readings in it.</param>
/// <param name="LeftOut">Readings of the span that were not taken while measuring.</param>
/// <param name="Indicative">Too few readings: it may be looked at, not held against a limit.</param>
public sealed record AutomaticMean(decimal Value, int Used, int LeftOut, bool Indicative);

/// <summary>The 1-hour, 8-hour and 24-hour means that the limits for automatic data ask for. Only what was read while measuring counts.</summary>
public static class AutomaticMeans
{
    private const string Measuring = "00";

    /// <param name="readings">In any order, each time once; those outside the span are not looked at.</param>
    /// <param name="end">The full hour at which the span ends; its readings are later than <paramref name="length"/> before it.</param>
    /// <param name="required">How many readings the mean needs to be held against a limit.</param>
    /// <returns>Null without any reading while measuring.</returns>
    public static AutomaticMean? Of(IEnumerable<AutomaticReading> readings, DateTime end, TimeSpan length, int required)
    {
        var (sum, used, leftOut) = (0m, 0, 0);
        foreach (var reading in readings)
        {
            if (reading.Time <= end - length || reading.Time > end)
                continue;
            if (reading.Status == Measuring)
                (sum, used) = (sum + reading.Value, used + 1);
            else
                leftOut++;
        }
        return used == 0 ? null : new(sum / used, used, leftOut, used < required);
    }
}

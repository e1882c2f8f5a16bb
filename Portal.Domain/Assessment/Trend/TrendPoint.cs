using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>One value of a series.</summary>
/// <param name="Time">In the unit of time that the slope is wanted for; of days and instants see <see cref="Years"/>.</param>
/// <param name="Value">As reported; null where it is missing: its place in the series is kept.</param>
public readonly record struct TrendPoint(double Time, ReportedValue? Value)
{
    /// <summary>A moment as a decimal year: the year and the part of it that has passed, so that yearly series are a whole year apart.</summary>
    public static double Years(DateTime moment)
    {
        var start = new DateTime(moment.Year, 1, 1);
        return moment.Year + (moment - start).TotalDays / DaysOf(moment.Year);
    }

    /// <summary>The day of a decimal year: the reverse.</summary>
    public static DateOnly Day(double years)
    {
        var year = (int)Math.Floor(years);
        // A moment just after midnight, so that what a binary fraction lacks does not make it the day before.
        return new DateOnly(year, 1, 1).AddDays((int)Math.Min((years - year) * DaysOf(year) + 1e-6, DaysOf(year) - 1));
    }

    private static int DaysOf(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}

/// <summary>The limits of detection in a series.</summary>
/// <param name="MeasuredBelow">The smallest number that was measured below the highest of them: seen where others could not be; null where
/// there is none.</param>
public sealed record DetectionLimits(decimal Lowest, decimal Highest, decimal? MeasuredBelow)
{
    public bool Change => Lowest != Highest || MeasuredBelow is not null;
}

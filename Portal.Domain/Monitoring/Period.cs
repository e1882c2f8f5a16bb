namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>How closely a record tells when a sample was taken.</summary>
public enum PeriodPrecision
{
    Instant,
    Day,
    Month,
    Quarter,
    Year,
}

/// <summary>The days in which a sample was taken, both ends belonging to it. A quarter stays a quarter: it is never narrowed to a day.</summary>
public sealed record Period
{
    private Period(DateOnly start, DateOnly end, PeriodPrecision precision) => (Start, End, Precision) = (start, end, precision);

    public DateOnly Start { get; }

    public DateOnly End { get; }

    public PeriodPrecision Precision { get; }

    public static Period OfDay(DateOnly day) => new(day, day, PeriodPrecision.Day);

    /// <param name="month">1 to 12.</param>
    public static Period OfMonth(int year, int month)
    {
        var start = new DateOnly(year, month, 1);
        return new(start, start.AddMonths(1).AddDays(-1), PeriodPrecision.Month);
    }

    /// <param name="quarter">1 to 4.</param>
    public static Period OfQuarter(int year, int quarter)
    {
        var start = new DateOnly(year, quarter * 3 - 2, 1);
        return new(start, start.AddMonths(3).AddDays(-1), PeriodPrecision.Quarter);
    }

    public static Period OfYear(int year) => new(new(year, 1, 1), new(year, 12, 31), PeriodPrecision.Year);

    /// <summary>The period as three fields of a record tell it, or null where they contradict each other: a quarter begins and ends with a quarter.</summary>
    public static Period? From(DateOnly start, DateOnly end, PeriodPrecision precision)
    {
        var period = precision switch
        {
            PeriodPrecision.Month => OfMonth(start.Year, start.Month),
            PeriodPrecision.Quarter => OfQuarter(start.Year, (start.Month + 2) / 3),
            PeriodPrecision.Year => OfYear(start.Year),
            _ => new Period(start, start, precision),
        };
        return period.Start == start && period.End == end ? period : null;
    }

    public override string ToString() => Precision switch
    {
        PeriodPrecision.Month => FormattableString.Invariant($"{Start:yyyy-MM}"),
        PeriodPrecision.Quarter => FormattableString.Invariant($"{Start.Year}-Q{(Start.Month + 2) / 3}"),
        PeriodPrecision.Year => FormattableString.Invariant($"{Start.Year}"),
        _ => FormattableString.Invariant($"{Start:yyyy-MM-dd}"),
    };
}

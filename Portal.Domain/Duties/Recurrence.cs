using System.Globalization;

namespace QuanTrac.Portal.Domain.Duties;

/// <summary>How often something is owed and until when: every so many months counted from January, in one of the months of each stretch, on a day.</summary>
/// <remarks>Yearly until 29 June: every 12, month 6, day 29. Quarterly until the quarter's end: every 3, month 3, day 31.</remarks>
public sealed record Recurrence
{
    private static readonly int[] Stretches = [1, 2, 3, 4, 6, 12];

    /// <param name="everyMonths">1, 2, 3, 4, 6 or 12.</param>
    /// <param name="month">Of the stretch, 1 being its first.</param>
    /// <param name="day">Last day on time; in a shorter month its last day.</param>
    /// <param name="yearBefore">A yearly duty that tells of the year before.</param>
    /// <exception cref="ArgumentException">No such rule can be.</exception>
    public Recurrence(int everyMonths, int month, int day, bool yearBefore = false)
    {
        if (!CanBe(everyMonths, month, day) || (yearBefore && everyMonths != 12))
            throw new ArgumentException($"No rule: every {everyMonths} months, month {month}, day {day}.");
        (EveryMonths, Month, Day, YearBefore) = (everyMonths, month, day, yearBefore);
    }

    public int EveryMonths { get; }

    public int Month { get; }

    public int Day { get; }

    public bool YearBefore { get; }

    public static bool CanBe(int everyMonths, int month, int day) =>
        Stretches.Contains(everyMonths) && month >= 1 && month <= everyMonths && day is >= 1 and <= 31;

    /// <summary>The last days on time that lie in a year, each with the period that is owed by then: "2026", "2026-H1", "2026-Q2" or "2026-05".</summary>
    public IEnumerable<(string Period, DateOnly LastDay)> In(int year)
    {
        for (var first = 0; first < 12; first += EveryMonths)
        {
            var month = first + Month;
            yield return (Period(year, first), new(year, month, Math.Min(Day, DateTime.DaysInMonth(year, month))));
        }
    }

    private string Period(int year, int first) => EveryMonths switch
    {
        12 => string.Create(CultureInfo.InvariantCulture, $"{(YearBefore ? year - 1 : year):0000}"),
        6 => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-H{(first / 6) + 1}"),
        3 => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-Q{(first / 3) + 1}"),
        // By the month that the stretch ends with.
        _ => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{first + EveryMonths:00}"),
    };
}

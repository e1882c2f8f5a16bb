namespace QuanTrac.Portal.Domain.Duties;

/// <summary>Which days are worked: Monday to Friday, but for the holidays, and the Saturdays worked instead of another day.</summary>
/// <param name="off">Days off.</param>
/// <param name="worked">Days of the weekend that are worked.</param>
public sealed class WorkingDays(IReadOnlySet<DateOnly> off, IReadOnlySet<DateOnly> worked)
{
    public bool IsWorked(DateOnly day) =>
        worked.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !off.Contains(day));

    /// <summary>The day itself where it is worked, else the last working day before.</summary>
    public DateOnly OnOrBefore(DateOnly day)
    {
        while (!IsWorked(day))
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>The day itself where it is worked, else the next working day.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorked(day))
            day = day.AddDays(1);
        return day;
    }
}

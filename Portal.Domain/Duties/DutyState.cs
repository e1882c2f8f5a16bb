namespace QuanTrac.Portal.Domain.Duties;

/// <summary>How an occurrence stands on a day.</summary>
public enum DutyState
{
    /// <summary>The last day on time has passed, and nothing is handed in.</summary>
    Late,

    /// <summary>Thirty days or less are left.</summary>
    Near,

    Open,

    /// <summary>Handed in by the last day on time, by the date of the document.</summary>
    OnTime,

    /// <summary>Handed in, but late.</summary>
    DoneLate,

    /// <summary>The last day lay before the portal began to watch; nobody is called late for it.</summary>
    Before,
}

/// <summary>Works out how an occurrence stands.</summary>
public static class DutyStates
{
    private const int NearDays = 30;

    /// <param name="documentDate">Of the document handed in; null where there is none.</param>
    public static DutyState Of(DateOnly lastDay, DateOnly planned, DateOnly? documentDate, DateOnly today) =>
        documentDate is { } date ? date <= lastDay ? DutyState.OnTime : DutyState.DoneLate
        : today <= lastDay ? today >= lastDay.AddDays(-NearDays) ? DutyState.Near : DutyState.Open
        : lastDay < planned ? DutyState.Before : DutyState.Late;

    /// <summary>Days past the last day on time; 0 where it is not past. The last day itself is on time.</summary>
    public static int DaysLate(DateOnly lastDay, DateOnly day) => Math.Max(0, day.DayNumber - lastDay.DayNumber);
}

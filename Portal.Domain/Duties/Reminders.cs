namespace QuanTrac.Portal.Domain.Duties;

/// <summary>A reminder to give now.</summary>
/// <param name="Step">Days from the last day on time: −30 … +30.</param>
/// <param name="Replaces">Older steps that were never given and are not given any more.</param>
/// <param name="Missed">How many of them fell on an earlier day: the portal was down then.</param>
public sealed record DueReminder(int Step, DateTime DueAt, IReadOnlyList<(int Step, DateTime DueAt)> Replaces, int Missed);

/// <summary>When a duty is brought to mind. Times are those of the clocks in Quảng Ninh.</summary>
public static class Reminders
{
    /// <summary>From this many days after the last day on time the parents are told too.</summary>
    public const int UpTheTree = 7;

    /// <summary>At the last step the Department and the administrators are told too.</summary>
    public const int Last = 30;

    /// <summary>Days from the last day on time.</summary>
    public static IReadOnlyList<int> Steps { get; } = [-30, -7, -1, 0, 3, UpTheTree, Last];

    private static readonly TimeOnly Hour = new(8, 0);

    /// <summary>When a step is given: at 08:00. Up to the last day on time a day off gives way to the last working day before, when there is
    /// still time to act; afterwards to the next working day.</summary>
    public static DateTime At(DateOnly lastDay, int step, WorkingDays days) =>
        (step <= 0 ? days.OnOrBefore(lastDay.AddDays(step)) : days.OnOrAfter(lastDay.AddDays(step))).ToDateTime(Hour);

    /// <summary>What is to be given of one occurrence that is not fulfilled; null where nothing is. Of all that came due since the last time only the
    /// newest is given, so that nobody is flooded when the portal comes back.</summary>
    /// <param name="plannedAt">Since when the occurrence is watched: what came due before is not owed.</param>
    /// <param name="handled">Steps that were given or replaced.</param>
    public static DueReminder? Due(DateOnly lastDay, DateTime plannedAt, IReadOnlyCollection<int> handled, DateTime now, WorkingDays days)
    {
        var due = Steps.Where(step => !handled.Contains(step)).Select(step => (Step: step, DueAt: At(lastDay, step, days)))
            .Where(step => step.DueAt <= now && step.DueAt >= plannedAt).ToList();
        if (due.Count == 0)
            return null;
        var newest = due[^1];
        due.RemoveAt(due.Count - 1);
        return new(newest.Step, newest.DueAt, due, due.Count(step => step.DueAt.Date < newest.DueAt.Date));
    }
}

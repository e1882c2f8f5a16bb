namespace QuanTrac.Portal.Domain.Accounts;

/// <summary>When an account that nobody uses is locked: after <paramref name="Days"/> days, told of it <paramref name="NoticeDays"/> days before (checklist S18).</summary>
public sealed record IdleRule(int Days, int NoticeDays)
{
    /// <summary>The first day on which its person is told.</summary>
    public DateOnly NoticeFrom(DateOnly used) => used.AddDays(Days - NoticeDays);

    /// <summary>The day on which it is locked: never before the word of it has stood for its days, however many nights were missed.</summary>
    public DateOnly LockOn(DateOnly used, DateOnly noticed)
    {
        var (idle, told) = (used.AddDays(Days), noticed.AddDays(NoticeDays));
        return idle > told ? idle : told;
    }
}

using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Domain.Desk;

public enum DeadlineUnit
{
    Hours,
    WorkingDays,
}

/// <summary>By when something of an item is to be done, as the data say it.</summary>
/// <param name="Severity">"normal" or "serious" of incidents; empty: of either.</param>
/// <param name="PersonalData">Only where personal data are affected.</param>
/// <param name="IsReport">A report to others; else the answer to whoever asked.</param>
/// <param name="Amount">Null: no text says by when.</param>
public sealed record DeskDeadline(string Code, DeskKind Kind, string Severity, bool PersonalData, bool IsReport, int? Amount, DeadlineUnit Unit)
{
    public bool AppliesTo(DeskKind kind, string severity, bool personalData) =>
        Kind == kind && (Severity.Length == 0 || Severity == severity) && (!PersonalData || personalData);

    /// <summary>Hours run day and night. Working days begin on the day after and end with the last second of the last one (Bộ luật Dân sự, Điều 147-148).</summary>
    /// <param name="from">By the clocks of Quảng Ninh.</param>
    public DateTime? End(DateTime from, WorkingDays days)
    {
        if (Amount is not { } amount)
            return null;
        if (Unit == DeadlineUnit.Hours)
            return from.AddHours(amount);
        var day = DateOnly.FromDateTime(from);
        for (var counted = 0; counted < amount; counted++)
            day = days.OnOrAfter(day.AddDays(1));
        return day.ToDateTime(new(23, 59, 59));
    }
}

/// <summary>The deadlines of one item.</summary>
/// <param name="At">When it was written down; reports count from then.</param>
/// <param name="Since">Since when it is the Centre's turn; the answer counts from then.</param>
/// <param name="Reported">Codes of the reports that were made.</param>
public sealed record DeskClock(IReadOnlyList<DeskDeadline> Deadlines, DateTime At, DateTime Since, DeskState State, IReadOnlySet<string> Reported)
{
    public DateTime? End(DeskDeadline deadline, WorkingDays days) => deadline.End(deadline.IsReport ? At : Since, days);

    /// <summary>The next that is open. Reports are owed whatever the state: an answer or a closing reports nothing.</summary>
    public DateTime? Next(WorkingDays days) =>
        Deadlines.Where(deadline => deadline.IsReport ? !Reported.Contains(deadline.Code) : State.AwaitsOffice()).Min(deadline => End(deadline, days));
}

using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>What one organisation owes in one period, in the reader's language.</summary>
/// <param name="Period">"2026", "2026-Q2" …</param>
/// <param name="Reminders">Given so far.</param>
public sealed record DutyLine(
    int Id, string Duty, string Name, string Article, string Confidence, string OpenMark, string Documents, string Notice, string OrganisationCode, string Organisation,
    bool Own, string Period, DateOnly LastDay, DutyState State, int DaysLate, int Reminders, DutyPaper? Paper);

/// <summary>The document that was handed in.</summary>
/// <param name="At">When it was written down here.</param>
public sealed record DutyPaper(string Number, DateOnly Date, string FileName, string Note, DateTimeOffset At, string By);

/// <summary>A stretch of the board.</summary>
/// <param name="Total">Lines under the filter.</param>
/// <param name="Late">Of them late.</param>
/// <param name="Worst">Days that the latest is late.</param>
public sealed record DutyPage(IReadOnlyList<DutyLine> Lines, int Total, int Late, int Worst);

/// <summary>How one duty stands over all organisations that the viewer sees.</summary>
public sealed record DutyTally(string Duty, string Name, int Owed, int Done, int Late, int Worst);

/// <summary>A duty of one day: how many owe it, how many have handed it in.</summary>
public sealed record YearEntry(
    string Duty, string Name, string Article, string Confidence, string Period, DateOnly Day, int Owed, int Done, int Late, int FirstId, DateTimeOffset Stamp);

/// <summary>A day off, or a day of the weekend that is worked.</summary>
public sealed record YearHoliday(DateOnly Day, string Name, bool Works, string Confidence);

/// <summary>A duty as its rule says it.</summary>
/// <param name="Who">Kinds, or the name of the one organisation.</param>
public sealed record DutyRuleLine(
    int Id, string Code, string Name, IReadOnlyList<string> Kinds, string Organisation, Recurrence Rule, string Documents, string Article, string Confidence, string OpenMark,
    DateOnly? From, DateOnly? To, string Origin, int Agreements);

/// <summary>After which reminder documents came within seven days; null: after none.</summary>
public sealed record ReminderEffect(int? Step, int Given, int Fulfilled);

/// <summary>What the board shows.</summary>
/// <param name="Duty">Code; null is all.</param>
/// <param name="State">late, near, done or all.</param>
/// <param name="Words">In the name of the organisation.</param>
public sealed record BoardFilter(string? Duty, string State, string? Words)
{
    public static readonly string[] States = ["late", "near", "done", "all"];

    public static BoardFilter Of(string? duty, string? state, string? words) => new(
        string.IsNullOrWhiteSpace(duty) ? null : duty, States.Contains(state) ? state! : "late", string.IsNullOrWhiteSpace(words) ? null : words.Trim());

    public string Query => $"state={State}&duty={Uri.EscapeDataString(Duty ?? "")}&text={Uri.EscapeDataString(Words ?? "")}";
}

/// <summary>Why something is ended or undone, as it is typed.</summary>
public sealed class DutyReason
{
    public string Reason { get; set; } = "";
}

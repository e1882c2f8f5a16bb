using QuanTrac.Portal.Domain.Desk;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Why something at the desk was not done.</summary>
public enum DeskProblem
{
    /// <summary>Not there, or not theirs.</summary>
    NotThere,

    /// <summary>Seen, but somebody else of the organisation asked it.</summary>
    NotYours,

    /// <summary>Somebody else wrote in between: nothing is kept, read again.</summary>
    Changed,
    TitleMissing,
    WordsMissing,

    /// <summary>Longer than is taken.</summary>
    TooLong,

    /// <summary>As many in one day as one account may ask.</summary>
    TooMany,
    SeverityMissing,

    /// <summary>Closed: it is opened again first.</summary>
    IsClosed,

    /// <summary>Closed by the Centre before it was answered.</summary>
    NotAnswered,

    /// <summary>Closed for longer than it can be opened again.</summary>
    TooLate,
    NothingSaid,
    OwnerUnknown,

    /// <summary>A report is written down with the number of its document.</summary>
    DocumentMissing,
    AlreadyReported,
}

/// <summary>What is asked.</summary>
/// <param name="Severity">"normal" or "serious" of incidents; else empty.</param>
/// <param name="Reference">The number that the panel of a fault showed.</param>
public sealed record DeskQuestion(
    DeskKind Kind, string Title, string Words, string Expected = "", string Severity = "", string DataAffected = "", bool PersonalData = false, string Reference = "");

/// <summary>One line of the list.</summary>
/// <param name="Due">The next deadline that is open.</param>
public sealed record DeskLine(
    int Id, string Number, DeskKind Kind, string Severity, string Title, string Organisation, string AskedBy, DateTimeOffset At, string Owner, DeskState State,
    DateTimeOffset? Due, DateTimeOffset ChangedAt);

/// <summary>How many there are of what the account sees.</summary>
public sealed record DeskTally(int All, int Open, int Overdue, int Waiting);

/// <summary>A stretch of the list.</summary>
/// <param name="Total">Lines under the filter.</param>
public sealed record DeskPageLines(IReadOnlyList<DeskLine> Lines, int Total, DeskTally Tally);

/// <summary>One item with all that was said.</summary>
/// <param name="Own">The account itself asked it.</param>
/// <param name="Version">Changes with every note; whoever answers says which one was read.</param>
public sealed record DeskItem(
    int Id, string Number, DeskQuestion Question, string Organisation, string AskedBy, bool Own, DateTimeOffset At, int? OwnerId, string Owner, DeskState State,
    DateTimeOffset? Due, DateTimeOffset? AnsweredAt, DateTimeOffset? ClosedAt, string Version, IReadOnlyList<DeskNote> Notes, IReadOnlyList<DeskStep> Steps);

/// <param name="State">What the item came to by it; null where it stayed.</param>
/// <param name="Step">The report that it tells of, in the reader's language.</param>
public sealed record DeskNote(
    long Id, string Words, DeskState? State, string Step, string Owner, bool Office, string FileName, DateTimeOffset At, string By);

/// <summary>Something to be done of an item, and by when.</summary>
/// <param name="Due">Null: no text says by when, or nothing runs now.</param>
public sealed record DeskStep(
    string Code, string Name, bool IsReport, DateTimeOffset? Due, DateTimeOffset? DoneAt, string Document, string Article, string Confidence, string OpenMark);

/// <summary>What the list shows.</summary>
/// <param name="Mine">Only what the account asked or answers.</param>
/// <param name="State">open, overdue, waiting, answered, closed or all.</param>
/// <param name="Words">In number, title, words or organisation.</param>
public sealed record DeskFilter(bool Mine, DeskKind? Kind, string State, string? Words)
{
    public static readonly string[] States = ["open", "overdue", "waiting", "answered", "closed", "all"];

    public static DeskFilter Of(string? whose, string? kind, string? state, string? words) => new(
        whose == "mine", Enum.TryParse<DeskKind>(kind, true, out var known) && Enum.IsDefined(known) ? known : null, States.Contains(state) ? state! : "open",
        string.IsNullOrWhiteSpace(words) ? null : words.Trim());

    public string Query => $"whose={(Mine ? "mine" : "all")}&kind={Kind?.Word()}&state={State}&text={Uri.EscapeDataString(Words ?? "")}";
}

using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Why something about an account or a request was not done.</summary>
public enum AccountProblem
{
    /// <summary>Not there, or not theirs.</summary>
    NotThere,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,

    /// <summary>In that state it cannot be done.</summary>
    NotNow,
    OrganisationUnknown,
    LetterMissing,

    /// <summary>No date, or one after today.</summary>
    DateWrong,
    ScanMissing,

    /// <summary>Neither PDF, picture nor office document.</summary>
    FileKind,
    NobodyNamed,
    TooMany,
    NameMissing,

    /// <summary>Not plain: small Latin letters, digits, point, hyphen, underscore.</summary>
    LoginWrong,
    LoginTaken,
    RoleWrong,
    EmailWrong,
    EmailTaken,

    /// <summary>The same name in the same organisation has an account or is asked for.</summary>
    PersonTaken,
    PhoneWrong,

    /// <summary>The last day is before today, or no day.</summary>
    UntilWrong,
    ReasonMissing,
    AccountUnknown,

    /// <summary>The same account stands in another open request.</summary>
    AlreadyAsked,

    /// <summary>Whoever asked or assembled does not approve, nor anybody outside the Department (Điều 6.2b).</summary>
    NotYoursToDecide,

    /// <summary>One does not lock, reset or hand over the account with which one works.</summary>
    OwnAccount,
    LastAdministrator,

    /// <summary>No open account of the organisation is marked as head of unit.</summary>
    NoHead,

    /// <summary>The person is the head: another one must be named first.</summary>
    IsHead,
    NotReviewed,
    AlreadyConfirmed,
    TooLong,

    /// <summary>Of an account whose word counts: asked, and waits for a second administrator.</summary>
    WaitsForSecond,

    /// <summary>Whoever decides or asks, or who assembled, was granted or reset so short a time ago that they have no say.</summary>
    NoWord,

    /// <summary>What gives accounts a say is carried out by an administrator who neither asked nor assembled.</summary>
    ThirdPerson,
}

/// <summary>An account in the list.</summary>
/// <param name="Name">Login name.</param>
/// <param name="Person">Its person, or the login name where nothing is known.</param>
public sealed record AccountLine(
    int Id, string Name, string Person, Role Role, string OrganisationCode, string Organisation, AccountState State, DateTimeOffset? LastSeen, DateOnly? Until, bool HeadsUnit, bool Demo)
{
    public LegalGroup Group => Domain.Access.Access.GroupOf(Role);
}

/// <summary>All that is shown of one account.</summary>
/// <param name="HasSay">Its word counts where two persons are needed: what gives somebody else's hand on it takes two.</param>
public sealed record AccountDetail(
    AccountLine Line, string Email, string Phone, DateTimeOffset CreatedAt, DateTimeOffset? LockedAt, string LockedBy, string LockedReason, DateTimeOffset? LockoutEnd,
    DateTimeOffset? PasswordChangedAt, bool MustChangePassword, DateTimeOffset? LeftAt, string Version, bool Own, bool HasSay)
{
    /// <summary>From where too many wrong passwords came, as sign_in_trial names it.</summary>
    public IReadOnlyList<string> ShutFor { get; init; } = [];
}

/// <summary>Something that happened to an account.</summary>
public sealed record AccountEvent(long Id, DateTimeOffset At, string Act, string Subject, string By, string Reason);

/// <summary>What the list shows.</summary>
/// <param name="State">current, open, locked, expired, locked_out, left, or all.</param>
/// <param name="Group">administrator, manager, guest; null is all.</param>
public sealed record AccountFilter(string State, string? Group, string? Organisation, string? Words)
{
    public static readonly string[] States = ["current", "open", "locked", "expired", "locked_out", "left", "all"];
    public static readonly string[] Groups = ["administrator", "manager", "guest"];

    public static AccountFilter Of(string? state, string? group, string? organisation, string? words) => new(
        States.Contains(state) ? state! : "current", Groups.Contains(group) ? group : null, Empty(organisation), Empty(words));

    public string Query => $"state={State}&group={Group}&organisation={Uri.EscapeDataString(Organisation ?? "")}&text={Uri.EscapeDataString(Words ?? "")}";

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A request in the list.</summary>
public sealed record RequestLine(
    int Id, bool Guest, string OrganisationCode, string Organisation, string Letter, DateOnly? Dated, RequestState State, int Persons, string AskedBy, DateTimeOffset ChangedAt, bool Turn);

/// <summary>What is asked for one person.</summary>
public sealed record RequestPerson(
    RequestAct Act, int? Account, string FullName, string UserName, string Role, string Email, string Phone, bool HeadsUnit, DateOnly? Until, string Reason)
{
    public int Id { get; init; }

    /// <summary>Login name of the account that it concerns or that was made.</summary>
    public string AccountName { get; init; } = "";

    public static RequestPerson Empty { get; } = new(RequestAct.Grant, null, "", "", "", "", "", false, null, "");
}

/// <summary>Something that was done with a request.</summary>
public sealed record RequestStep(string Step, string Words, DateTimeOffset At, string By);

/// <summary>All that is shown of a request, and what the reader may do with it.</summary>
public sealed record RequestDetail(
    int Id, bool Guest, string OrganisationCode, string Organisation, string Kind, string Letter, DateOnly? Dated, string FileName, string Body, string Purpose, RequestState State,
    string AskedBy, string Version, IReadOnlyList<RequestPerson> Persons, IReadOnlyList<RequestStep> Steps)
{
    /// <summary>Correct, send, take back.</summary>
    public bool MayEdit { get; init; }
    public bool MayAssemble { get; init; }
    public bool MayDecide { get; init; }
    public bool MayGrant { get; init; }
    public bool MayClose { get; init; }
}

/// <summary>An organisation for which somebody may ask.</summary>
public sealed record AskableOrganisation(int Id, string Code, string Name, string Kind);

/// <summary>A one-time password, shown once.</summary>
/// <param name="HasSay">Its word counts where two persons are needed: for the first day it does not.</param>
public sealed record Handed(string Person, string Name, string Password, DateOnly? Until, bool HasSay = false);

/// <summary>A figure of <c>seed/account_rules.csv</c>, with what is not certain of it; empty where nothing is.</summary>
public sealed record AccountRule(int Days, string Name, string Source, string OpenMark);

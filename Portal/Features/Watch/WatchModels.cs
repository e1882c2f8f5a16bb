namespace QuanTrac.Portal.Features.Watch;

/// <summary>When the Centre is told (watch_rule).</summary>
public sealed record WatchRule(string Code, int? Amount, int? Minutes, int? FromHour, int? ToHour);

/// <summary>Something that a rule found.</summary>
/// <param name="Key">Told once under this key.</param>
/// <param name="Amount">Attempts, refusals or bytes; null where one counts.</param>
public sealed record WatchFinding(string Rule, string Key, int? AccountId, string AccountName, string From, long? Amount, DateTimeOffset At);

/// <summary>An alert as the Centre sees it.</summary>
public sealed record WatchAlert(
    int Id, string Rule, int? AccountId, string AccountName, string From, long? Amount, DateTimeOffset At, DateTimeOffset? ClosedAt, string ClosedBy, string ClosedWords);

/// <summary>A session that is open.</summary>
/// <param name="Circuits">Pages that are open in it now, over all nodes.</param>
public sealed record OnlineSession(
    Guid Id, int AccountId, string Account, string Person, string Role, string Organisation, string Way, string From, string Device, DateTimeOffset StartedAt, DateTimeOffset SeenAt, int Circuits);

/// <summary>How many there are.</summary>
public sealed record WatchTally(long Alerts, long Accounts, long Sessions, long Circuits);

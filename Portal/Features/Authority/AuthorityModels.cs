namespace QuanTrac.Portal.Features.Authority;

/// <summary>What a document allows.</summary>
public enum AuthorityKind
{
    Maintenance,
    Upgrade,
    Connection,
    Token,
}

/// <summary>How an entry stands today.</summary>
public enum AuthorityState
{
    /// <summary>Its document is still to be attached.</summary>
    Waits,

    /// <summary>Its first day is still to come.</summary>
    Ahead,
    Holds,

    /// <summary>Its last day is over.</summary>
    Over,

    /// <summary>Ended by the Centre before its time.</summary>
    Ended,
}

/// <summary>Why nothing was recorded.</summary>
public enum AuthorityProblem
{
    NotThere,
    KindWrong,
    NumberMissing,

    /// <summary>No date of the document, or one after today.</summary>
    DateWrong,
    IssuerMissing,

    /// <summary>No first day, a last day before it, or none where one is needed.</summary>
    DaysWrong,

    /// <summary>Who was let in.</summary>
    PersonMissing,
    PurposeMissing,
    TooLong,
    ReasonMissing,
}

/// <summary>The document.</summary>
public sealed record AuthorityDocument(string Number, DateOnly? Date, string Issuer);

/// <summary>What is recorded.</summary>
/// <param name="Connection">One of <see cref="Connections.All"/>, or empty.</param>
/// <param name="To">The last day; a connection alone may go without.</param>
/// <param name="Body">The organisation of whoever is let in.</param>
public sealed record AuthorityEntry(
    AuthorityKind Kind, string Connection, AuthorityDocument Document, DateOnly? From, DateOnly? To, string Person, string Body, string Purpose);

/// <summary>An entry of the register.</summary>
/// <param name="Tokens">Names of the tokens that it allows.</param>
public sealed record AuthorityLine(
    int Id, AuthorityKind Kind, string Connection, string Number, DateOnly? Date, string Issuer, bool HasFile, DateOnly From, DateOnly? To, string Person, string Body, string Purpose,
    string RecordedBy, DateTimeOffset RecordedAt, DateTimeOffset? EndedAt, string EndedBy, string EndedReason, string Tokens)
{
    public AuthorityState StateOn(DateOnly today) =>
        EndedAt is not null ? AuthorityState.Ended : Number.Length == 0 ? AuthorityState.Waits : From > today ? AuthorityState.Ahead : To < today ? AuthorityState.Over : AuthorityState.Holds;
}

/// <summary>What this installation is connected to.</summary>
/// <param name="Where">The address, without any secret.</param>
/// <param name="Covered">The number of the document that allows it today; null where there is none.</param>
public sealed record ConnectionLine(string Code, string Where, string? Covered);

namespace QuanTrac.Portal.Domain.Accounts;

/// <summary>How far a request for accounts has come (Điều 6.2b).</summary>
public enum RequestState
{
    /// <summary>Being written, or sent back with a reason.</summary>
    Draft,

    /// <summary>With the Centre, to be assembled.</summary>
    Sent,

    /// <summary>With the Department, to be approved.</summary>
    Assembled,

    /// <summary>With the Centre, to be carried out.</summary>
    Approved,
    Refused,

    /// <summary>Carried out.</summary>
    Granted,

    /// <summary>Taken back by whoever asked.</summary>
    Closed,
}

/// <summary>What is asked for one person.</summary>
public enum RequestAct
{
    /// <summary>A new account.</summary>
    Grant,

    /// <summary>Other role, e-mail, telephone, head of unit, last day.</summary>
    Change,
    Lock,

    /// <summary>The person moves or retires (Điều 6.2c).</summary>
    HandOver,
}

/// <summary>How an account stands today.</summary>
public enum AccountState
{
    Open,
    Locked,
    Expired,

    /// <summary>Too many wrong passwords, for some minutes.</summary>
    LockedOut,

    /// <summary>Its person left.</summary>
    Left,
}

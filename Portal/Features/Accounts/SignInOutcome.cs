namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome
{
    Done,

    /// <summary>Unknown name or wrong password: never told apart.</summary>
    Wrong,

    /// <summary>Too many wrong attempts, or locked by an administrator.</summary>
    Locked,
}

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome
{
    Done,

    /// <summary>Unknown name, wrong password or a locked account: never told apart.</summary>
    Wrong,

    /// <summary>Too many attempts from one address.</summary>
    TooMany,
}

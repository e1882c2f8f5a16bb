namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome
{
    Done,

    /// <summary>The password was right; a code of the second step is wanted.</summary>
    CodeWanted,

    /// <summary>Unknown name, wrong password, an account that is locked or does not open: never told apart.</summary>
    Wrong,

    /// <summary>Too many attempts from one address.</summary>
    TooMany,

    /// <summary>The code came too late: the password is asked for again.</summary>
    TooLate,
}

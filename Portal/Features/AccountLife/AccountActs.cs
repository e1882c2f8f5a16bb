namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The acts of the life of an account, as the audit writes them.</summary>
internal static class AccountActs
{
    public const string Changed = "account-changed";
    public const string Locked = "account-locked";
    public const string Unlocked = "account-unlocked";
    public const string Extended = "account-extended";
    public const string LockoutCleared = "account-lockout-cleared";
    public const string PasswordReset = "account-password-reset";
    public const string HandedOver = "account-handed-over";
    public const string OwnDataChanged = "own-data-changed";

    /// <summary>Those that one account's history shows.</summary>
    public static readonly string[] OfAccounts =
        ["account-created", Changed, Locked, Unlocked, Extended, LockoutCleared, PasswordReset, HandedOver, OwnDataChanged];
}

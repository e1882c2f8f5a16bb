namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The acts of the audit that one account's history shows.</summary>
internal static class AccountActs
{
    public static readonly string[] OfAccounts =
    [
        "account-created", "account-changed", "account-locked", "account-unlocked", "account-extended", "account-lockout-cleared", "account-password-reset", "account-password-expired", "account-handed-over",
        "own-data-changed",
    ];
}

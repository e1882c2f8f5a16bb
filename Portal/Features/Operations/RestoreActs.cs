using QuanTrac.Portal.Features.Audit;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Acts of the audit that are told of when the data go back to before them.</summary>
public static class RestoreActs
{
    // Told of as what they made: a submission, a decision, a document, an account.
    private static readonly string[] ToldOtherwise =
    [
        "file-handed-in", "submitted", "withdrawn", "accepted", "returned", "campaign-released", "duty-fulfilled", "desk-asked", "organisations-changed", "account-created", "own-data-changed",
    ];

    /// <summary>What changed whom a door opens to: carried into the restored data before anybody comes in.</summary>
    public static IReadOnlyCollection<string> Rights { get; } =
    [
        "account-changed", "account-locked", "account-unlocked", "account-extended", "account-lockout-cleared", "account-password-reset", "account-password-expired", "account-handed-over",
        "agency-bound", "agency-unbound", "password-changed", "second-step-set-up", "second-step-turned-off", "second-step-reset", "recovery-codes-made", "passkey-added", "passkey-removed",
        "token-revoked", "campaign-release-taken-back",
    ];

    /// <summary>What a person does again, or lets be.</summary>
    public static IReadOnlyCollection<string> Others { get; } =
        [.. new[] { AuditGroup.Decision, AuditGroup.Rights }.SelectMany(AuditActs.Of).Except(ToldOtherwise).Except(Rights).Except(["session-ended-by-centre"])];

    /// <summary>Whether nobody but a person can do it again: changes by document, and accounts on the web, where nobody makes one without a letter.</summary>
    public static bool IsByHand(string kind, Domain.Access.Access by) => kind is "organisations" or "act" || (kind == "account" && by.AccountId is not null);
}

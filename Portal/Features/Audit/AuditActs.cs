namespace QuanTrac.Portal.Features.Audit;

/// <summary>What people look for in the audit.</summary>
public enum AuditGroup
{
    /// <summary>Sign-ins, their failures, sign-outs.</summary>
    SignIn,

    /// <summary>Refused access.</summary>
    Refused,

    /// <summary>Files that left the portal.</summary>
    Export,

    /// <summary>What was handed in, accepted, returned, fulfilled.</summary>
    Decision,

    /// <summary>Backups, restores, jobs, keeping.</summary>
    Administration,

    /// <summary>What changes who may see or do what.</summary>
    Rights,
}

/// <summary>The acts that the portal writes, and the group of each. Each has a sentence <c>Act.(code)</c> in both languages.</summary>
public static class AuditActs
{
    private static readonly Dictionary<AuditGroup, string[]> Groups = new()
    {
        [AuditGroup.SignIn] = ["signed-in", "signed-out", "sign-in-failed", "sign-in-refused", "session-ended", "signed-out-everywhere"],
        [AuditGroup.Refused] = ["refused", "file-infected"],
        [AuditGroup.Export] = ["exported"],
        [AuditGroup.Decision] =
        [
            "file-handed-in", "submitted", "withdrawn", "accepted", "returned", "campaign-released", "campaign-release-taken-back", "reassessed",
            "duty-added", "duty-ended", "duty-frequency-agreed", "duty-fulfilled", "duty-fulfilment-undone",
            "desk-asked", "desk-replied", "desk-answered", "desk-reported", "desk-file-added", "desk-closed", "desk-reopened",
        ],
        [AuditGroup.Administration] =
        [
            "backup", "backup-restored", "restore-asked", "restore-withdrawn", "restore-confirmed", "leftover-taken", "leftover-settled", "archive-written", "job-run", "job-paused",
            "job-resumed", "mail-sent-again",
            "audit-expired", "demo-data-loaded", "installation-decided", "demo-accounts-removed", "watch-closed", "draft-forgotten", "authority-recorded",
            "authority-document-attached", "authority-ended", "upgraded", "verb-run",
        ],
        [AuditGroup.Rights] =
        [
            "account-created", "organisations-changed", "account-request-drafted", "account-request-sent", "account-request-corrected", "account-request-assembled",
            "account-request-returned", "account-request-approved", "account-request-refused", "account-request-granted", "account-request-closed", "account-asked", "account-changed",
            "account-locked", "account-unlocked", "account-extended", "account-lockout-cleared", "account-password-reset", "account-password-expired", "account-handed-over", "account-review-confirmed",
            "own-data-changed", "agency-bound", "agency-unbound", "session-ended-by-centre",
            "password-changed", "second-step-set-up", "second-step-turned-off", "second-step-reset", "recovery-codes-made", "passkey-added", "passkey-removed",
            "token-granted", "token-revoked", "second-word-asked", "second-word-withdrawn", "second-word-confirmed",
        ],
    };

    private static readonly Dictionary<string, AuditGroup> GroupOfAct =
        Groups.SelectMany(group => group.Value.Select(act => (act, group.Key))).ToDictionary(pair => pair.act, pair => pair.Key);

    public static IReadOnlyCollection<string> All => GroupOfAct.Keys;

    public static string[] Of(AuditGroup group) => Groups[group];

    /// <summary>Null for an act of another version of the portal.</summary>
    public static AuditGroup? GroupOf(string act) => GroupOfAct.TryGetValue(act, out var group) ? group : null;
}

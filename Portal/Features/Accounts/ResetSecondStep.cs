using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Why it was not reset.</summary>
public enum ResetProblem
{
    UnknownAccount,
    ReasonMissing,

    /// <summary>One's own is changed on one's own page, with the password.</summary>
    OwnAccount,
}

/// <summary>Takes the second step and the passkeys off an account whose person lost the device; its sessions end, and an administrator sets it up anew at
/// the next sign-in.</summary>
public sealed class ResetSecondStep(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Null where it was reset.</summary>
    public async Task<ResetProblem?> RunAsync(Domain.Access.Access access, string name, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (string.IsNullOrWhiteSpace(reason))
            return ResetProblem.ReasonMissing;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var id = await system.ScalarAsync<int>("SELECT id FROM account WHERE normalized_user_name = $1 FOR UPDATE", cancel, name.Trim().ToUpperInvariant());
        if (id == 0)
            return ResetProblem.UnknownAccount;
        if (id == access.AccountId)
            return ResetProblem.OwnAccount;
        await SecondStep.RemoveAsync(system, id, cancel);
        await system.ExecuteAsync("DELETE FROM account_passkey WHERE account_id = $1", cancel, id);
        await OwnSessions.EndAllAsync(system, id, clock.GetUtcNow(), "rights", cancel);
        await WriteAudit.AsAsync(system, access, "second-step-reset", name.Trim(), new { reason = reason.Trim() });
        await transaction.CommitAsync(cancel);
        return null;
    }
}

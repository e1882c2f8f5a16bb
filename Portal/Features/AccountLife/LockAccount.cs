using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Centre locks and unlocks with a reason (Điều 9.3b), extends, lets in again after too many wrong passwords.</summary>
public sealed class LockAccount(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return await WithAuditAsync(access, id, "account-locked", reason, needsReason: true,
            (system, account) => id == access.AccountId ? Task.FromResult<AccountProblem?>(AccountProblem.OwnAccount)
                : account.LockAsync(system, access.AccountName, reason.Trim(), clock.GetUtcNow(), cancel), cancel);
    }

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> UnlockAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return await WithAuditAsync(access, id, "account-unlocked", reason, needsReason: true, (system, _) => OnceAsync(system.ExecuteAsync(
            "UPDATE account SET locked_at = NULL, locked_by = '', locked_reason = '', idle_from = $2, concurrency_stamp = gen_random_uuid()::text WHERE id = $1 AND locked_at IS NOT NULL AND left_at IS NULL",
            cancel, id, clock.GetUtcNow())), cancel);
    }

    /// <param name="until">The new last day; null: until it is locked.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> ExtendAsync(Domain.Access.Access access, int id, DateOnly? until, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (until < PortalDay.Of(clock))
            return AccountProblem.UntilWrong;
        return await WithAuditAsync(access, id, "account-extended", until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "", needsReason: false, (system, _) => OnceAsync(system.ExecuteAsync(
            "UPDATE account SET valid_until = $2, idle_from = $3, concurrency_stamp = gen_random_uuid()::text WHERE id = $1 AND left_at IS NULL",
            cancel, id, new NpgsqlParameter { Value = (object?)until ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date }, clock.GetUtcNow())), cancel);
    }

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> ClearLockoutAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return await WithAuditAsync(access, id, "account-lockout-cleared", "", needsReason: false, (system, _) => OnceAsync(system.ExecuteAsync(
            "DELETE FROM sign_in_trial WHERE subject = $1 AND EXISTS (SELECT FROM sign_in_trial WHERE subject = $1 AND shut_until > $2)",
            cancel, SignInTrial.SubjectOf(id), clock.GetUtcNow())), cancel);
    }

    private async Task<AccountProblem?> WithAuditAsync(
        Domain.Access.Access access, int id, string act, string reason, bool needsReason, Func<NpgsqlConnection, AccountRecord, Task<AccountProblem?>> change, CancellationToken cancel)
    {
        reason = reason.Trim();
        if (needsReason && reason.Length is 0 or > RequestPersons.ReasonCap)
            return reason.Length == 0 ? AccountProblem.ReasonMissing : AccountProblem.TooLong;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await AccountRecord.FindAsync(system, id, clock.GetUtcNow(), cancel) is not { } account)
            return AccountProblem.NotThere;
        if (await change(system, account) is { } problem)
            return problem;
        await WriteAudit.AsAsync(system, access, act, account.Name, new { account = id, reason });
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static async Task<AccountProblem?> OnceAsync(Task<int> rows) => await rows == 0 ? AccountProblem.NotNow : null;
}

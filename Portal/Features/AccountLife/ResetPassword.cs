using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Centre gives an account a new one-time password: whoever was in with the old one is out.</summary>
public sealed class ResetPassword(PortalDatabase database, IPasswordHasher<Account> hasher, TimeProvider clock)
{
    /// <returns>The password, shown this once; or why there is none.</returns>
    public async Task<(Handed? Handed, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (id == access.AccountId)
            return (null, AccountProblem.OwnAccount);
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await AccountRecord.FindAsync(system, id, now, cancel) is not { } account)
            return (null, AccountProblem.NotThere);
        if (account.State == AccountState.Left)
            return (null, AccountProblem.NotNow);
        var password = CreateAccount.OneTimePassword();
        await system.ExecuteAsync(
            """
            UPDATE account SET password_hash = $2, must_change_password = true, password_changed_at = NULL, lockout_end = NULL, access_failed_count = 0,
                security_stamp = gen_random_uuid()::text, concurrency_stamp = gen_random_uuid()::text WHERE id = $1
            """, cancel, id, hasher.HashPassword(new Account { Role = account.Role, OrganisationCode = account.OrganisationCode }, password));
        await system.ExecuteAsync("UPDATE account_session SET ended_at = $2, end_reason = 'rights' WHERE account_id = $1 AND ended_at IS NULL", cancel, id, now);
        await WriteAudit.AsAsync(system, access, "account-password-reset", account.Name, new { account = id });
        await transaction.CommitAsync(cancel);
        return (new(account.Person, account.Name, password, null), null);
    }
}

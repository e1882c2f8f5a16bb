using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Ends the demo accounts of an installation in production for good: no password, no second step, no token, and their names free for others.
/// What was done with them stays as it was written, under a pseudonym, as with everybody who leaves.</summary>
public sealed class RemoveDemoAccounts(PortalDatabase database, TimeProvider clock)
{
    /// <returns>How many there were.</returns>
    /// <exception cref="SetupException"><see cref="SetupFault.DemoInUse"/>: the installation is a demo.</exception>
    public async Task<int> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await Installation.ModeAsync(system, cancel) != InstallationMode.Production)
            throw new SetupException(SetupFault.DemoInUse);
        var accounts = await system.ListAsync("SELECT id, user_name FROM account WHERE demo AND left_at IS NULL ORDER BY id FOR UPDATE", row => (Id: row.GetInt32(0), Name: row.GetString(1)), cancel);
        foreach (var (id, _) in accounts)
        {
            await HandOverAccount.ForgetAsync(system, access, id, AccountNaming.PseudonymOf(id), clock.GetUtcNow(), cancel);
            await system.ExecuteAsync("DELETE FROM account_recovery_code WHERE account_id = $1", cancel, id);
            await system.ExecuteAsync("UPDATE account SET two_factor_enabled = false WHERE id = $1", cancel, id);
        }
        if (accounts.Count > 0)
            await WriteAudit.AsAsync(system, access, "demo-accounts-removed", string.Join(", ", accounts.Select(account => account.Name)));
        await transaction.CommitAsync(cancel);
        return accounts.Count;
    }
}

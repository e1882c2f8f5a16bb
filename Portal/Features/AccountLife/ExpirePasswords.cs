using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Each night: whose password has grown old is told, and owes a new one at the next sign-in (checklist S04). Left alone are accounts with a second
/// step, accounts that come in through their agency, and those of the demo data.</summary>
public sealed class ExpirePasswords(PortalDatabase database, RaiseNotice raise, TimeProvider clock)
{
    /// <returns>How many passwords expired.</returns>
    public async Task<int> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        var days = await system.ScalarAsync<int>("SELECT days FROM account_rule WHERE code = 'password-expiry'", cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var expired = await system.ListAsync(
            """
            UPDATE account AS a SET must_change_password = true, password_changed_at = coalesce(a.password_changed_at, a.created_at)
            WHERE coalesce(a.password_changed_at, a.created_at) <= $1 AND a.password_hash IS NOT NULL AND NOT a.must_change_password
                AND NOT a.two_factor_enabled AND NOT a.demo AND portal_account_state(a.id, $2) IN ('open', 'locked_out')
                AND NOT EXISTS (SELECT FROM account_login AS l WHERE l.user_id = a.id)
            RETURNING a.id, a.user_name
            """, row => (Id: row.GetInt32(0), Name: row.GetString(1)), cancel, now.AddDays(-days), now);
        foreach (var account in expired)
            await WriteAudit.AsAsync(system, access, "account-password-expired", account.Name, new { account = account.Id, days });
        await transaction.CommitAsync(cancel);
        var key = string.Create(CultureInfo.InvariantCulture, $"password-expired:{PortalDay.Of(clock):yyyy-MM-dd}");
        await raise.RunAsync(new("Account.PasswordExpired", [days.ToString(CultureInfo.InvariantCulture)], "/account", key), [.. expired.Select(account => account.Id)], cancel);
        return expired.Count;
    }
}

using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Each night: tells whoever has not used their account for long, later locks it, and ends the sessions of accounts whose last day is over. A night that was
/// missed is not made up for: nobody is locked before the word of it has stood for its days.</summary>
public sealed class LockIdleAccounts(PortalDatabase database, RaiseNotice raise, TimeProvider clock)
{
    /// <returns>How many were told and how many locked.</returns>
    public async Task<(int Told, int Locked)> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var (now, today) = (clock.GetUtcNow(), PortalDay.Of(clock));
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync(
            "UPDATE account_session s SET ended_at = $1, end_reason = 'expired' FROM account a WHERE a.id = s.account_id AND s.ended_at IS NULL AND a.valid_until < $2", cancel, now, today);
        var rule = await RuleAsync(system, cancel);
        var told = 0;
        var locked = new List<string>();
        foreach (var (id, used, noticed) in await IdleAsync(system, rule, today, now, cancel))
        {
            if (noticed is not { } since)
                told += await raise.RunAsync(Warning(id, used, rule.LockOn(used, today)), [id], cancel);
            else if (today >= rule.LockOn(used, since) && await LockAsync(system, access, id, rule, cancel) is { } name)
                locked.Add(name);
        }
        if (locked.Count > 0)
        {
            await raise.ToAdministratorsAsync(new("Account.IdleLocked", [locked.Count.ToString(CultureInfo.InvariantCulture), string.Join(", ", locked)], "/accounts?state=locked",
                string.Create(CultureInfo.InvariantCulture, $"accounts-idle:{today:yyyy-MM-dd}")), cancel);
        }
        return (told, locked.Count);
    }

    internal static async Task<IdleRule> RuleAsync(NpgsqlConnection system, CancellationToken cancel)
    {
        var days = (await system.ListAsync("SELECT code, days FROM account_rule", row => (row.GetString(0), row.GetInt32(1)), cancel)).ToDictionary(rule => rule.Item1, rule => rule.Item2);
        return new(days["idle-lock"], days["idle-notice"]);
    }

    // Accounts of the demo data are for whoever comes by, and nobody waits for them.
    private static Task<List<(int Id, DateOnly Used, DateOnly? Noticed)>> IdleAsync(NpgsqlConnection system, IdleRule rule, DateOnly today, DateTimeOffset now, CancellationToken cancel) =>
        system.ListAsync(
            """
            SELECT a.id, u.used, (n.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM account a
            CROSS JOIN LATERAL (SELECT (greatest(a.created_at, a.last_seen_at, a.idle_from, (SELECT max(s.seen_at) FROM account_session s WHERE s.account_id = a.id))
                AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS used) u
            LEFT JOIN notice n ON n.account_id = a.id AND n.key = 'account-idle:' || to_char(u.used, 'YYYY-MM-DD')
            WHERE NOT a.demo AND u.used <= $1 AND portal_account_state(a.id, $2) IN ('open', 'locked_out') ORDER BY a.id
            """,
            row => (row.GetInt32(0), row.GetFieldValue<DateOnly>(1), row.IsDBNull(2) ? (DateOnly?)null : row.GetFieldValue<DateOnly>(2)),
            cancel, today.AddDays(rule.NoticeDays - rule.Days), now);

    private async Task<string?> LockAsync(NpgsqlConnection system, Domain.Access.Access by, int id, IdleRule rule, CancellationToken cancel)
    {
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var reason = string.Create(CultureInfo.InvariantCulture, $"không sử dụng {rule.Days} ngày");
        // Of administrators the last one stays, used or not.
        if (await AccountRecord.FindAsync(system, id, clock.GetUtcNow(), cancel) is not { } account
            || await account.LockAsync(system, "QuanTrac", reason, clock.GetUtcNow(), cancel) is not null)
            return null;
        await WriteAudit.AsAsync(system, by, "account-locked", account.Name, new { account = id, reason });
        await transaction.CommitAsync(cancel);
        return account.Name;
    }

    private static Notice Warning(int id, DateOnly used, DateOnly lockOn) => new(
        "Account.Idle", [used.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), lockOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], "/account",
        string.Create(CultureInfo.InvariantCulture, $"account-idle:{used:yyyy-MM-dd}"));
}

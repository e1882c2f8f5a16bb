using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>An account as it is decided on, and the changes that several use-cases make, each in the caller's transaction.</summary>
internal sealed record AccountRecord(int Id, string Name, string Person, string Role, string OrganisationCode, bool HeadsUnit, bool Demo, AccountState State, bool HasSay)
{
    // One change of administrators at a time: two that lock one another leave none.
    private const long AdministratorsLock = 2_620_229_003;

    public static async Task<AccountRecord?> FindAsync(NpgsqlConnection system, int id, DateTimeOffset now, CancellationToken cancel) => (await system.ListAsync(
        """
        SELECT id, user_name, coalesce(nullif(display_name, ''), user_name), role, organisation_code, heads_unit, demo, portal_account_state(id, $2),
            portal_has_say(role, organisation_code) FROM account WHERE id = $1 FOR UPDATE
        """,
        row => new AccountRecord(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5), row.GetBoolean(6), AccountWords.StateOf(row.GetString(7)),
            row.GetBoolean(8)),
        cancel, id, now)).FirstOrDefault();

    /// <summary>Whether what gives somebody else's hand on it takes two administrators: its word counts where two persons are needed. Whoever has the machine needs no second.</summary>
    public bool TakesTwo(Domain.Access.Access by) => HasSay && by.AccountId is not null;

    /// <summary>Whether nobody would be left to let others in, were this account shut.</summary>
    public async Task<bool> IsLastAdministratorAsync(NpgsqlConnection system, DateTimeOffset now, CancellationToken cancel)
    {
        if (Role != "admin")
            return false;
        await system.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, AdministratorsLock);
        return !await system.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM account WHERE role = 'admin' AND id <> $1 AND portal_account_state(id, $2) IN ('open', 'locked_out'))", cancel, Id, now);
    }

    /// <summary>Locks it; its sessions end by the same statement (migration 0019).</summary>
    public async Task<AccountProblem?> LockAsync(NpgsqlConnection system, string by, string reason, DateTimeOffset now, CancellationToken cancel) =>
        State is AccountState.Left or AccountState.Locked ? AccountProblem.NotNow
        : await IsLastAdministratorAsync(system, now, cancel) ? AccountProblem.LastAdministrator
        : await system.ExecuteAsync(
            """
            UPDATE account SET locked_at = $2, locked_by = $3, locked_reason = $4, security_stamp = gen_random_uuid()::text, concurrency_stamp = gen_random_uuid()::text
            WHERE id = $1 AND locked_at IS NULL AND left_at IS NULL
            """, cancel, Id, now, by, reason) == 0 ? AccountProblem.NotNow
        : null;
}

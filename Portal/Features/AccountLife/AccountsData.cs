using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What the pages of accounts ask for: all of them for the Centre and the Department, one's own organisation's for the others.</summary>
public sealed class AccountsData(PortalDatabase database, TimeProvider clock)
{
    private const int HistoryCap = 200;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>Accounts, by default those of one organisation together, each by the person's name.</summary>
    public async Task<GridRows<AccountLine>> PageAsync(Domain.Access.Access access, AccountFilter filter, GridAsk ask, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var only = await AccountReach.OfAsync(system, access, cancel);
        var total = 0;
        // Whoever never came stands before all who did, what never ends after all that does.
        var rows = await system.ListAsync(
            "WITH line AS (" + Lines.Replace("a.demo", "a.demo, CASE a.role WHEN 'admin' THEN 1 WHEN 'guest' THEN 3 ELSE 2 END AS rank, count(*) OVER ()::int AS total", StringComparison.Ordinal) +
            """
            WHERE ($4::text IS NULL OR a.organisation_code = $4) AND ($5::text IS NULL OR a.organisation_code = $5)
              AND CASE $6 WHEN 'all' THEN true WHEN 'current' THEN a.left_at IS NULL ELSE portal_account_state(a.id, $3) = $6 END
              AND ($7::text IS NULL OR CASE a.role WHEN 'admin' THEN 'administrator' WHEN 'guest' THEN 'guest' ELSE 'manager' END = $7)
              AND ($8::text IS NULL OR strpos(portal_fold(concat_ws(' ', a.user_name, a.display_name, a.email, org.name, a.organisation_code)), portal_fold($8)) > 0)),
            keyed AS (SELECT line.*, portal_fold(person) AS folded,
                CASE $9::text WHEN 'person' THEN portal_fold(person) WHEN 'name' THEN user_name WHEN 'organisation' THEN portal_fold(organisation) WHEN 'group' THEN rank::text WHEN 'role' THEN role
                    WHEN 'state' THEN state WHEN 'heads' THEN (NOT heads_unit)::text END AS word,
                CASE $9 WHEN 'seen' THEN coalesce(last_seen_at, '-infinity') WHEN 'until' THEN coalesce(valid_until, 'infinity')::timestamptz END AS moment FROM line)
            SELECT * FROM keyed ORDER BY CASE WHEN NOT $10 THEN word END, CASE WHEN $10 THEN word END DESC NULLS LAST, CASE WHEN NOT $10 THEN moment END, CASE WHEN $10 THEN moment END DESC NULLS LAST,
                CASE WHEN $9 IS NULL THEN portal_fold(organisation) END, folded, id LIMIT $11 OFFSET $12
            """,
            row =>
            {
                total = row.GetInt32(row.GetOrdinal("total"));
                return Line(row);
            },
            cancel, language, Today, Now, only, filter.Organisation, filter.State, filter.Group, filter.Words, ask.Order, ask.Descending, ask.Count, ask.Start);
        return new(rows, total);
    }

    /// <summary>How many there are for the reader: of all states, open, locked or expired, and left.</summary>
    public async Task<(int All, int Open, int Shut, int Left)> TallyAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var only = await AccountReach.OfAsync(system, access, cancel);
        return (await system.ListAsync(
            """
            SELECT count(*)::int, count(*) FILTER (WHERE s.state IN ('open', 'locked_out'))::int, count(*) FILTER (WHERE s.state IN ('locked', 'expired'))::int,
                count(*) FILTER (WHERE s.state = 'left')::int
            FROM account a CROSS JOIN LATERAL (SELECT portal_account_state(a.id, $1) AS state) s WHERE $2::text IS NULL OR a.organisation_code = $2
            """,
            row => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), cancel, Now, only)).Single();
    }

    /// <summary>Organisations that have accounts, for the filter of whoever sees all; empty for the others.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> OrganisationsAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await AccountReach.OfAsync(system, access, cancel) is not null ? []
            : await system.ListAsync(
                """
                SELECT o.code, org.name FROM organisation o CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name
                    FROM organisation_name n WHERE n.organisation_id = o.id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) org
                WHERE o.code IN (SELECT organisation_code FROM account) ORDER BY portal_fold(org.name), o.code
                """,
                row => (row.GetString(0), row.GetString(1)), cancel, language, Today);
    }

    /// <summary>The figures by which accounts are locked and passwords grow old.</summary>
    public async Task<IReadOnlyList<AccountRule>> RulesAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            "SELECT days, CASE WHEN $1 = 'en' THEN name_en ELSE name_vi END, source, CASE WHEN $1 = 'en' THEN open_mark_en ELSE open_mark_vi END FROM account_rule ORDER BY code",
            row => new AccountRule(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancel, language);
    }

    /// <summary>Null where there is none of that name, or it is another organisation's.</summary>
    public async Task<AccountDetail?> FindAsync(Domain.Access.Access access, string name, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var only = await AccountReach.OfAsync(system, access, cancel);
        return (await system.ListAsync(
            Lines.Replace("a.demo", "a.demo, a.email, a.phone, a.created_at, a.locked_at, a.locked_by, a.locked_reason, shut.until, a.password_changed_at, a.must_change_password, a.left_at, a.xmin::text, portal_has_say(a.role, a.organisation_code), shut.lanes", StringComparison.Ordinal)
                + """
                CROSS JOIN LATERAL (SELECT max(t.shut_until) AS until, coalesce(array_agg(t.lane ORDER BY t.lane), '{}') AS lanes
                    FROM sign_in_trial t WHERE t.subject = 'account:' || a.id AND t.shut_until > $3) shut

                """
                + "WHERE a.normalized_user_name = upper($4) AND ($5::text IS NULL OR a.organisation_code = $5)",
            row => new AccountDetail(Line(row), row.GetString(11), row.GetString(12), row.GetFieldValue<DateTimeOffset>(13), Moment(row, 14), row.GetString(15), row.GetString(16),
                Moment(row, 17), Moment(row, 18), row.GetBoolean(19), Moment(row, 20), row.GetString(21), row.GetInt32(0) == access.AccountId, row.GetBoolean(22))
            { ShutFor = row.GetFieldValue<string[]>(23) },
            cancel, language, Today, Now, name, only)).FirstOrDefault();
    }

    /// <summary>What the audit tells of an account, the newest first: for the Centre and the Department, who read the audit.</summary>
    public async Task<IReadOnlyList<AccountEvent>> HistoryAsync(Domain.Access.Access access, int account, string name, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using (var system = await database.OpenSystemAsync(cancel))
        {
            if (await AccountReach.OfAsync(system, access, cancel) is not null)
                return [];
        }
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT id, at, act, subject, account_name, coalesce(details ->> 'reason', '') FROM audit
            WHERE act = ANY ($1) AND (details ->> 'account' = $2::text OR (subject = $3 AND NOT details ? 'account')) ORDER BY id DESC LIMIT $4
            """,
            row => new AccountEvent(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
            cancel, AccountActs.OfAccounts, account, name, HistoryCap);
    }

    internal const string Lines =
        """
        SELECT a.id, a.user_name, coalesce(nullif(a.display_name, ''), a.user_name) AS person, a.role, a.organisation_code, org.name AS organisation, portal_account_state(a.id, $3) AS state, a.last_seen_at,
            a.valid_until, a.heads_unit, a.demo
        FROM account a JOIN organisation o ON o.code = a.organisation_code
        CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name
            FROM organisation_name n WHERE n.organisation_id = o.id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) org

        """;

    internal static AccountLine Line(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), Enum.Parse<Role>(row.GetString(3), true), row.GetString(4), row.GetString(5), AccountWords.StateOf(row.GetString(6)),
        Moment(row, 7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8), row.GetBoolean(9), row.GetBoolean(10));

    internal static DateTimeOffset? Moment(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>Who is on line, and what the rules found.</summary>
public sealed class WatchData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>More alerts are not shown at once.</summary>
    public const int Cap = 100;

    /// <summary>More sessions are not shown at once.</summary>
    public const int OnlineCap = 1000;

    // A node renews its rows twice a minute.
    private static readonly TimeSpan NodeGone = TimeSpan.FromMinutes(1);

    /// <summary>Open sessions, the last used first.</summary>
    public async Task<IReadOnlyList<OnlineSession>> OnlineAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT s.id, a.id, a.user_name, a.display_name, a.role, coalesce(n.name, a.organisation_code), s.way, s.from_address, s.device, s.started_at, s.seen_at,
                coalesce((SELECT sum(c.circuits) FROM session_node AS c WHERE c.session_id = s.id AND c.at > $2), 0)::int
            FROM account_session AS s JOIN account AS a ON a.id = s.account_id
            LEFT JOIN LATERAL (
                SELECT CASE WHEN $3 = 'en' AND x.name_en <> '' THEN x.name_en ELSE x.name_vi END AS name FROM organisation_name AS x JOIN organisation AS o ON o.id = x.organisation_id
                WHERE o.code = a.organisation_code ORDER BY x.valid @> portal_today() DESC, lower(x.valid) DESC NULLS LAST LIMIT 1) AS n ON true
            WHERE s.ended_at IS NULL ORDER BY s.seen_at DESC LIMIT $1
            """,
            row => new OnlineSession(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8),
                row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10), row.GetInt32(11)), cancel, OnlineCap, clock.GetUtcNow() - NodeGone, Shell.Language.Current);
    }

    /// <summary>Alerts that are open, the newest first; behind them what was closed in the last thirty days.</summary>
    public async Task<IReadOnlyList<WatchAlert>> AlertsAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT id, rule, account_id, account_name, from_address, amount, at, closed_at, closed_by, closed_words FROM watch_alert
            WHERE closed_at IS NULL OR closed_at > $2 ORDER BY closed_at IS NOT NULL, at DESC, id DESC LIMIT $1
            """,
            row => new WatchAlert(row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt64(5),
                row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7), row.GetString(8), row.GetString(9)), cancel, Cap, clock.GetUtcNow().AddDays(-30));
    }

    /// <summary>How many there are in all, shown or not: alerts to be looked at, accounts, sessions and pages on line.</summary>
    public async Task<WatchTally> TallyAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return (await system.ListAsync(
            """
            SELECT (SELECT count(*) FROM watch_alert WHERE closed_at IS NULL), count(DISTINCT account_id), count(*),
                coalesce((SELECT sum(c.circuits) FROM session_node AS c JOIN account_session AS o ON o.id = c.session_id AND o.ended_at IS NULL WHERE c.at > $1), 0)
            FROM account_session WHERE ended_at IS NULL
            """, row => new WatchTally(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel, clock.GetUtcNow() - NodeGone)).Single();
    }

    /// <summary>The rules in words, with what they are measured by.</summary>
    public async Task<IReadOnlyList<(WatchRule Rule, string Name, string Confidence, string Source)>> RulesAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            "SELECT code, amount, minutes, from_hour, to_hour, CASE WHEN $1 = 'en' THEN name_en ELSE name_vi END, confidence, source FROM watch_rule ORDER BY code",
            row => (new WatchRule(row.GetString(0), Of(row, 1), Of(row, 2), Of(row, 3), Of(row, 4)), row.GetString(5), row.GetString(6), row.GetString(7)), cancel, Shell.Language.Current);
    }

    private static int? Of(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}

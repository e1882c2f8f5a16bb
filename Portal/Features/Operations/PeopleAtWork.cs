using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Somebody who is in the portal now.</summary>
/// <param name="Pages">Open on all nodes.</param>
public sealed record PersonAtWork(string Account, string Name, string Organisation, int Pages, DateTimeOffset Since, DateTimeOffset Seen);

/// <summary>Who and what works on the data now, and would be interrupted.</summary>
/// <param name="Jobs">Names of the jobs that run.</param>
/// <param name="Checks">Files that are checked or wait for it.</param>
/// <param name="Writers">Submissions whose results are being written: acceptances above all.</param>
/// <param name="Nodes">Machines that serve.</param>
/// <param name="Verbs">Verbs of the console.</param>
public sealed record WorkNow(IReadOnlyList<PersonAtWork> People, IReadOnlyList<string> Jobs, int Checks, int Writers, IReadOnlyList<string> Nodes, IReadOnlyList<string> Verbs);

/// <summary>Says who is working before a restore is confirmed.</summary>
public sealed class PeopleAtWork(BackupSettings settings, PortalDatabase database, TimeProvider clock)
{
    private const int Cap = 200;

    // A node renews its rows twice a minute.
    private static readonly TimeSpan NodeGone = TimeSpan.FromMinutes(1);

    /// <returns>Null where the database is gone, and with it everybody's work.</returns>
    public async Task<WorkNow?> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (!await settings.Copies.IsThereAsync(settings.Logins.Database, cancel))
            return null;
        try
        {
            await using var gate = await PortalGate.ComeAsync(settings.Logins, DatabaseRole.Owner, "restore", cancel);
            var present = await gate.PresentAsync(cancel);
            await using var system = await database.OpenSystemAsync(cancel);
            return new(await PeopleAsync(system, cancel),
                await system.ListAsync("SELECT DISTINCT job_name FROM quartz.qrtz_fired_triggers WHERE state = 'EXECUTING' AND job_name IS NOT NULL ORDER BY 1", row => row.GetString(0), cancel),
                await system.ScalarAsync<int>("SELECT count(*)::int FROM intake_queue", cancel), await WritersAsync(system, cancel),
                [.. present.Where(one => one.Kind == AtGate.Node).Select(one => one.Name)], [.. present.Where(one => one.Kind == AtGate.Verb).Select(one => one.Name)]);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    private Task<List<PersonAtWork>> PeopleAsync(NpgsqlConnection system, CancellationToken cancel) => system.ListAsync(
        """
        SELECT a.user_name, a.display_name, coalesce(n.name_vi, a.organisation_code), coalesce(c.pages, 0)::int, s.started_at, s.seen_at
        FROM account_session AS s JOIN account AS a ON a.id = s.account_id
        LEFT JOIN LATERAL (SELECT sum(circuits) AS pages FROM session_node AS n WHERE n.session_id = s.id AND n.at > $2) AS c ON true
        LEFT JOIN LATERAL (SELECT x.name_vi FROM organisation_name AS x JOIN organisation AS o ON o.id = x.organisation_id
            WHERE o.code = a.organisation_code ORDER BY x.valid @> portal_today() DESC, lower(x.valid) DESC NULLS LAST LIMIT 1) AS n ON true
        WHERE s.ended_at IS NULL AND s.ends_at > $3 ORDER BY c.pages DESC NULLS LAST, s.seen_at DESC, a.user_name LIMIT $1
        """,
        row => new PersonAtWork(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)),
        cancel, Cap, clock.GetUtcNow() - NodeGone, clock.GetUtcNow());

    // The lock under which results are stored (StoreResults): one holds it, others wait.
    private static Task<int> WritersAsync(NpgsqlConnection system, CancellationToken cancel) => system.ScalarAsync<int>(
        """
        SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND classid = 0 AND objid::bigint = 2620229001
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """, cancel);
}

using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Something that was written after a moment.</summary>
/// <param name="Kind">submission, decision, duty, desk, release, organisations, account, rights, act.</param>
/// <param name="Key">The same in another state of the same database only if it is the same.</param>
/// <param name="Facts">What a person knows it by; their meaning hangs on the kind.</param>
public sealed record WrittenItem(string Kind, string Key, DateTimeOffset At, string Who, string Organisation, IReadOnlyList<string> Facts);

/// <summary>What people wrote into a database after a moment, each as its owner would name it. Read with the backup login.</summary>
public static class WrittenSince
{
    // The newest of each kind are told of; what is in one state alone is listed whole, since nobody could take over what is not in the list.
    private const int Told = 2000;

    // A transaction may have begun before the snapshot of a backup and ended after it.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromHours(1);

    /// <param name="acts">Acts of the audit that no other kind tells of.</param>
    /// <param name="rights">Acts that changed what an account opens.</param>
    public static async Task<IReadOnlyList<WrittenItem>> ListAsync(
        NpgsqlConnection connection, DateTimeOffset since, IReadOnlyCollection<string> acts, IReadOnlyCollection<string> rights, CancellationToken cancel) =>
        WithTheirDecisions(await NewestAsync(connection, since, Told, acts, rights, cancel));

    private static async Task<IReadOnlyList<WrittenItem>> NewestAsync(
        NpgsqlConnection connection, DateTimeOffset since, int ofEachKind, IReadOnlyCollection<string> acts, IReadOnlyCollection<string> rights, CancellationToken cancel)
    {
        List<WrittenItem> found = [];
        foreach (var sql in Kinds)
            found.AddRange(await connection.ListAsync(sql, Read, cancel, since, ofEachKind));
        found.AddRange(await connection.ListAsync(Audit, Read, cancel, since, ofEachKind, acts.ToArray(), rights.ToArray()));
        return found;
    }

    // What became of a new submission is told with it.
    private static IReadOnlyList<WrittenItem> WithTheirDecisions(IReadOnlyList<WrittenItem> found)
    {
        var fresh = found.Where(item => item.Kind == "submission").Select(item => item.Facts[0]).ToHashSet();
        return [.. found.Where(item => item.Kind != "decision" || !fresh.Contains(item.Facts[0])).OrderBy(item => item.At)];
    }

    /// <summary>What is in one state of the database and not in the other, whatever the clocks said.</summary>
    public static async Task<IReadOnlyList<WrittenItem>> OnlyInAsync(
        NpgsqlConnection connection, NpgsqlConnection other, DateTimeOffset since, IReadOnlyCollection<string> acts, IReadOnlyCollection<string> rights, CancellationToken cancel)
    {
        var from = since - LongestTransaction;
        var known = (await NewestAsync(other, from, int.MaxValue, acts, rights, cancel)).Select(item => (item.Kind, item.Key)).ToHashSet();
        return WithTheirDecisions([.. (await NewestAsync(connection, from, int.MaxValue, acts, rights, cancel)).Where(item => !known.Contains((item.Kind, item.Key)))]);
    }

    private static WrittenItem Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetString(4), row.GetFieldValue<string[]>(5));

    private static readonly string[] Kinds =
    [
        """
        SELECT 'submission', s.id || '|' || extract(epoch FROM s.created_at), s.created_at, s.account_name, n.name,
            ARRAY[s.id::text, s.file_name, s.state, (SELECT count(*) FROM result AS r WHERE r.submission_id = s.id)::text]
        FROM submission AS s CROSS JOIN LATERAL (SELECT coalesce((SELECT x.name_vi FROM organisation_name AS x WHERE x.organisation_id = s.organisation_id
            ORDER BY lower(x.valid) DESC NULLS LAST LIMIT 1), '') AS name) AS n
        WHERE s.created_at >= $1 ORDER BY s.created_at DESC, s.id DESC LIMIT $2
        """,
        """
        SELECT 'decision', s.id || '|' || s.state || '|' || extract(epoch FROM coalesce(s.decided_at, s.submitted_at)), coalesce(s.decided_at, s.submitted_at), coalesce(s.decided_by, s.account_name), n.name,
            ARRAY[s.id::text, s.file_name, s.state, s.decision]
        FROM submission AS s CROSS JOIN LATERAL (SELECT coalesce((SELECT x.name_vi FROM organisation_name AS x WHERE x.organisation_id = s.organisation_id
            ORDER BY lower(x.valid) DESC NULLS LAST LIMIT 1), '') AS name) AS n
        WHERE coalesce(s.decided_at, s.submitted_at) >= $1 ORDER BY 3 DESC, s.id DESC LIMIT $2
        """,
        """
        SELECT 'duty', f.id || '|' || extract(epoch FROM f.at), f.at, f.account_name, n.name,
            ARRAY[d.code, d.name_vi, o.period, f.document_number, to_char(f.document_date, 'YYYY-MM-DD'), f.file_name]
        FROM duty_fulfilment AS f JOIN duty_occurrence AS o ON o.id = f.occurrence_id JOIN duty AS d ON d.id = o.duty_id
        CROSS JOIN LATERAL (SELECT coalesce((SELECT x.name_vi FROM organisation_name AS x WHERE x.organisation_id = o.organisation_id
            ORDER BY lower(x.valid) DESC NULLS LAST LIMIT 1), '') AS name) AS n
        WHERE f.at >= $1 AND f.undone_at IS NULL ORDER BY f.at DESC, f.id DESC LIMIT $2
        """,
        """
        SELECT 'desk', i.id || '|' || extract(epoch FROM i.at), i.at, i.account_name, n.name,
            ARRAY[i.number, i.title, (SELECT count(*) FROM desk_note AS t WHERE t.item_id = i.id)::text]
        FROM desk_item AS i CROSS JOIN LATERAL (SELECT coalesce((SELECT x.name_vi FROM organisation_name AS x WHERE x.organisation_id = i.organisation_id
            ORDER BY lower(x.valid) DESC NULLS LAST LIMIT 1), '') AS name) AS n
        WHERE i.at >= $1 ORDER BY i.at DESC, i.id DESC LIMIT $2
        """,
        """
        SELECT 'release', c.code || '|' || extract(epoch FROM c.released_at), c.released_at, coalesce((SELECT a.user_name FROM account AS a WHERE a.id = c.released_by), ''), '',
            ARRAY[c.code, c.name_vi, c.release_document]
        FROM campaign AS c WHERE c.released_at >= $1 ORDER BY c.released_at DESC, c.id DESC LIMIT $2
        """,
        """
        SELECT 'organisations', c.id || '|' || extract(epoch FROM c.at), c.at, c.account_name, '',
            ARRAY[c.number, to_char(c.dated, 'YYYY-MM-DD'), to_char(c.from_day, 'YYYY-MM-DD'), c.file_name, c.file_sha256]
        FROM organisation_change AS c WHERE c.at >= $1 ORDER BY c.at DESC, c.id DESC LIMIT $2
        """,
        """
        SELECT 'account', a.id || '|' || extract(epoch FROM a.created_at), a.created_at, '', coalesce(n.name, a.organisation_code), ARRAY[a.user_name, a.role, a.organisation_code, a.display_name]
        FROM account AS a LEFT JOIN LATERAL (SELECT x.name_vi AS name FROM organisation_name AS x JOIN organisation AS o ON o.id = x.organisation_id
            WHERE o.code = a.organisation_code ORDER BY lower(x.valid) DESC NULLS LAST LIMIT 1) AS n ON true
        WHERE a.created_at >= $1 ORDER BY a.created_at DESC, a.id DESC LIMIT $2
        """,
    ];

    private const string Audit =
        """
        SELECT CASE WHEN a.act = ANY ($4) THEN 'rights' ELSE 'act' END, a.id || '|' || extract(epoch FROM a.at), a.at, a.account_name, '', ARRAY[a.act, a.subject]
        FROM audit AS a WHERE a.at >= $1 AND (a.act = ANY ($3) OR a.act = ANY ($4)) ORDER BY a.at DESC, a.id DESC LIMIT $2
        """;
}

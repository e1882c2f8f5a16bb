using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Who sees what on a day, before and after a change inside one transaction. The rule itself is the database's: it is let work, then compared.</summary>
internal static class ScopeComparison
{
    private const int Examples = 6;

    public static async Task BeginAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancel)
    {
        await connection.ExecuteAsync("CREATE TEMP TABLE seen_before (organisation_id int, site_id int, data_group text) ON COMMIT DROP", cancel);
        await connection.ExecuteAsync(
            "INSERT INTO seen_before SELECT DISTINCT organisation_id, site_id, data_group FROM visible WHERE valid @> $1", cancel, day);
    }

    public static async Task<ScopeEffect> EndAsync(NpgsqlConnection connection, DateOnly day, CancellationToken cancel)
    {
        await connection.ExecuteAsync("SET CONSTRAINTS data_version_stale IMMEDIATE", cancel);
        await connection.ExecuteAsync("CREATE TEMP TABLE seen_change (organisation_id int, site_id int, data_group text, gained boolean) ON COMMIT DROP", cancel);
        await connection.ExecuteAsync(
            """
            INSERT INTO seen_change
            SELECT coalesce(b.organisation_id, a.organisation_id), coalesce(b.site_id, a.site_id), coalesce(b.data_group, a.data_group), b.site_id IS NULL
            FROM seen_before AS b
            FULL JOIN (SELECT DISTINCT organisation_id, site_id, data_group FROM visible WHERE valid @> $1) AS a
                ON (a.organisation_id, a.site_id, a.data_group) = (b.organisation_id, b.site_id, b.data_group)
            WHERE a.site_id IS NULL OR b.site_id IS NULL
            """, cancel, day);
        var organisations = await connection.ListAsync(Counts, Effect, cancel, day, Examples);
        // By code: an organisation that is only tried gets another number when it is made.
        var seen = await connection.ScalarAsync<string>(
            """
            SELECT encode(sha256(convert_to($1::text || coalesce(string_agg(concat_ws(' ', o.code, c.site_id, c.data_group, c.gained), ',' ORDER BY o.code, c.site_id, c.data_group), ''),
                'UTF8')), 'hex') FROM seen_change AS c JOIN organisation AS o ON o.id = c.organisation_id
            """, cancel, day);
        return new(day, organisations, seen!);
    }

    // A site is gained where nothing of it was seen before, lost where nothing of it is seen any more; results count by site and data group.
    private const string Counts =
        """
        WITH pairs AS (
            SELECT c.organisation_id, c.site_id, c.gained,
                coalesce((SELECT sum(st.results) FROM site_status AS st WHERE st.view = 'today' AND st.site_id = c.site_id AND st.data_group = c.data_group), 0) AS results
            FROM seen_change AS c
        ), sites AS (
            SELECT p.organisation_id, p.site_id, p.gained, sum(p.results)::bigint AS results,
                CASE WHEN p.gained THEN NOT EXISTS (SELECT FROM seen_before AS b WHERE (b.organisation_id, b.site_id) = (p.organisation_id, p.site_id))
                ELSE NOT EXISTS (SELECT FROM visible AS v WHERE (v.organisation_id, v.site_id) = (p.organisation_id, p.site_id) AND v.valid @> $1) END AS whole
            FROM pairs AS p GROUP BY 1, 2, 3
        )
        SELECT o.code,
            coalesce((SELECT n.name_vi FROM organisation_name AS n WHERE n.organisation_id = o.id ORDER BY n.valid @> $1 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), o.code),
            (SELECT count(DISTINCT site_id)::int FROM seen_before AS b WHERE b.organisation_id = o.id),
            (count(*) FILTER (WHERE gained AND whole))::int, (count(*) FILTER (WHERE NOT gained AND whole))::int,
            coalesce(sum(results) FILTER (WHERE gained), 0)::bigint, coalesce(sum(results) FILTER (WHERE NOT gained), 0)::bigint,
            coalesce((array_agg(site.code ORDER BY site.code) FILTER (WHERE gained AND whole))[1:$2], '{}'),
            coalesce((array_agg(site.code ORDER BY site.code) FILTER (WHERE NOT gained AND whole))[1:$2], '{}')
        FROM sites
        JOIN organisation AS o ON o.id = sites.organisation_id
        JOIN site ON site.id = sites.site_id
        GROUP BY o.id
        ORDER BY count(*) FILTER (WHERE NOT gained) DESC, count(*) DESC, o.code
        """;

    private static OrganisationEffect Effect(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), row.GetInt64(6),
        row.GetFieldValue<string[]>(7), row.GetFieldValue<string[]>(8));
}

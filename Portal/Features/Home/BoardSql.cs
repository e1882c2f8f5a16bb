namespace QuanTrac.Portal.Features.Home;

/// <summary>Sites × campaigns of a scope, and its aquaculture areas. What the scope is, the policies say.</summary>
internal static class BoardSql
{
    /// <summary>$1 view.</summary>
    public const string Media = Watched +
        """
        SELECT watched.medium, array_agg(DISTINCT watched.data_group), count(DISTINCT watched.site_id)::int, (count(DISTINCT watched.site_id) FILTER (WHERE st.verdict = 'exceeds'))::int
        FROM watched
        """ + Newest + "GROUP BY 1 ORDER BY count(DISTINCT watched.site_id) FILTER (WHERE st.verdict <> 'no limit') DESC, 3 DESC, 1";

    /// <summary>$1 medium or null, $2 words or null, $3 today, $4 Vietnamese, $5 cap.</summary>
    public const string Sites =
        """
        SELECT s.code, CASE WHEN $4 OR s.name_en = '' THEN s.name_vi ELSE s.name_en END,
            (SELECT CASE WHEN $4 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n WHERE n.unit = s.commune ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1)
        FROM site s
        WHERE ($1::text IS NULL OR s.id IN (SELECT ps.site_id FROM programme_site ps JOIN programme p ON p.id = ps.programme_id WHERE p.medium = $1))
          AND ($2::text IS NULL OR strpos(s.search, portal_fold($2)) > 0)
        ORDER BY s.code LIMIT $5
        """;

    /// <summary>The cells of the last campaigns. $1 medium or null, $2 view, $3 Vietnamese, $4 campaigns.</summary>
    public const string Cells =
        """
        WITH last AS MATERIALIZED (
            SELECT c.id, c.code, CASE WHEN $3 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END AS name, p.medium, c.period_start, c.period_end
            FROM campaign c JOIN programme p ON p.id = c.programme_id
            WHERE ($1::text IS NULL OR p.medium = $1) AND EXISTS (SELECT FROM site_status st WHERE st.campaign_id = c.id AND st.view = $2)
            ORDER BY c.period_end DESC, c.id DESC LIMIT $4
        ), minimum AS MATERIALIZED (
            SELECT parameter FROM (SELECT parameter, kind FROM standard_limit UNION ALL SELECT parameter, kind FROM permit_limit) AS l
            GROUP BY 1 HAVING bool_or(kind = 'min') AND NOT bool_or(kind = 'max')
        )
        SELECT last.id, last.code, last.name, last.medium, last.period_start, last.period_end,
            CASE WHEN last.period_start = date_trunc('quarter', last.period_start)::date AND last.period_end = (date_trunc('quarter', last.period_start) + interval '3 months - 1 day')::date
                 THEN 'quarter' WHEN last.period_end - last.period_start > 360 THEN 'year' ELSE 'day' END,
            s.code, st.verdict, st.ratio_class,
            CASE WHEN $3 THEN par.name_vi ELSE par.name_en END, st.worst_ratio, coalesce(st.worst_parameter IN (SELECT parameter FROM minimum), false), st.reviewed
        FROM last
        JOIN site_status st ON st.campaign_id = last.id AND st.view = $2
        JOIN site s ON s.id = st.site_id
        LEFT JOIN parameter par ON par.code = st.worst_parameter
        ORDER BY last.period_end, last.id
        """;

    /// <summary>The newest values by commune and medium, at most six parameters each. $1 view, $2 today, $3 Vietnamese.</summary>
    public const string Areas = Watched +
        """
        , newest AS MATERIALIZED (
            SELECT s.commune, watched.site_id, watched.medium, watched.data_group, st.campaign_id, st.period_start, st.period_end, st.verdict
            FROM watched JOIN site s ON s.id = watched.site_id
        """ + Newest +
        """
        ), area AS (
            SELECT n.commune, n.medium, count(DISTINCT n.site_id)::int AS sites, (count(DISTINCT n.site_id) FILTER (WHERE n.verdict = 'exceeds'))::int AS exceeding,
                (array_agg(CASE WHEN $3 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END ORDER BY n.period_end DESC NULLS LAST, c.id DESC))[1] AS campaign, max(n.period_end) AS last_day
            FROM newest n LEFT JOIN campaign c ON c.id = n.campaign_id GROUP BY 1, 2
        ), figure AS (
            SELECT n.commune, n.medium, f.parameter,
                (array_agg(r.censoring ORDER BY r.canonical_value, array_position(ARRAY['<', '', '>'], r.censoring)))[1] AS low_sign, min(r.canonical_value) AS low,
                (array_agg(r.censoring ORDER BY r.canonical_value DESC, array_position(ARRAY['>', '', '<'], r.censoring)))[1] AS high_sign, max(r.canonical_value) AS high,
                bool_or(f.verdict <> 'no limit') AS limited, min(f.lower) AS lower, min(f.upper) AS upper,
                count(DISTINCT (f.lower, f.upper)) FILTER (WHERE f.verdict <> 'no limit') = 1 AS one_limit, count(DISTINCT n.site_id)::int AS sites,
                (count(DISTINCT n.site_id) FILTER (WHERE f.verdict = 'exceeds'))::int AS exceeding, (count(DISTINCT n.site_id) FILTER (WHERE f.verdict = 'cannot judge'))::int AS undecided,
                -- A minimum that is met is no nearness to its limit.
                max(f.ratio) FILTER (WHERE f.upper IS NOT NULL OR f.verdict = 'exceeds') AS ratio
            FROM newest n
            JOIN finding f ON f.campaign_id = n.campaign_id AND f.site_id = n.site_id AND f.medium = n.medium AND f.data_group = n.data_group
                AND f.view = $1 AND f.ordinal = 0 AND f.period_start BETWEEN n.period_start AND n.period_end
            JOIN result r ON r.id = f.result_id AND r.period_start = f.period_start AND r.successor IS NULL AND r.withdrawn IS NULL
            GROUP BY 1, 2, 3
        ), ranked AS (
            SELECT figure.*, p.sort, CASE WHEN $3 THEN p.name_vi ELSE p.name_en END AS name, nullif(p.unit, '-') AS unit, bool_or(limited) OVER area_of AS some_limited,
                row_number() OVER (PARTITION BY commune, medium ORDER BY limited DESC, exceeding > 0 DESC, ratio DESC NULLS LAST, p.sort, p.code) AS place
            FROM figure JOIN parameter p ON p.code = figure.parameter WINDOW area_of AS (PARTITION BY commune, medium)
        )
        SELECT area.commune,
            (SELECT CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n WHERE n.unit = area.commune ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) AS area_name,
            area.medium, area.sites, area.exceeding, area.campaign, area.last_day, ranked.parameter, ranked.name, ranked.low_sign, ranked.low, ranked.high_sign, ranked.high, ranked.unit,
            ranked.lower, ranked.upper, ranked.one_limit, ranked.limited, ranked.sites, ranked.exceeding, ranked.undecided, ranked.ratio
        FROM area
        LEFT JOIN ranked ON ranked.commune IS NOT DISTINCT FROM area.commune AND ranked.medium = area.medium AND ranked.place <= 6 AND (ranked.limited OR NOT ranked.some_limited)
        ORDER BY area_name NULLS LAST, area.commune, area.medium, ranked.place
        LIMIT 3000
        """;

    private const string Watched =
        """
        WITH watched AS MATERIALIZED (SELECT DISTINCT ps.site_id, p.medium, p.data_group FROM programme_site ps JOIN programme p ON p.id = ps.programme_id)

        """;

    // $1 view.
    private const string Newest =
        """

        LEFT JOIN LATERAL (
            SELECT * FROM site_status s
            WHERE s.view = $1 AND s.site_id = watched.site_id AND s.medium = watched.medium AND s.data_group = watched.data_group
            ORDER BY s.period_end DESC, s.campaign_id DESC LIMIT 1) AS st ON true

        """;
}

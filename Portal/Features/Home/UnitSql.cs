namespace QuanTrac.Portal.Features.Home;

/// <summary>The organisations under one's own and their sites. $1 own organisation, $2 today, $3 names in Vietnamese.</summary>
internal static class UnitSql
{
    /// <summary>Rows for each unit of today's tree that is seen.</summary>
    public const string Units = Tree + Recent +
        """
        , standing AS (
            SELECT own_site.id, own_site.unit_id, max(rank) FILTER (WHERE place = 1) AS rank, max(rank) FILTER (WHERE place = 2) AS before,
                max(worst_ratio) FILTER (WHERE place = 1 AND rank = 4) AS ratio, bool_and(reviewed) FILTER (WHERE place = 1) AS reviewed
            FROM own_site LEFT JOIN recent ON recent.site_id = own_site.id GROUP BY 1, 2
        ), stand AS (
            SELECT unit_id, count(*)::int AS sites, (count(*) FILTER (WHERE rank = 4))::int AS exceeding, (count(*) FILTER (WHERE rank = 3))::int AS undecided,
                (count(*) FILTER (WHERE rank = 2))::int AS within, max(ratio) AS ratio, (count(*) FILTER (WHERE before = 4))::int AS before,
                (count(*) FILTER (WHERE NOT reviewed))::int AS unreviewed
            FROM standing GROUP BY 1
        ), sampled AS (
            SELECT DISTINCT ON (unit_id) unit_id, campaign_id, period_end,
                (count(*) FILTER (WHERE period_end > $2 - interval '1 year') OVER (PARTITION BY unit_id))::int AS samples
            FROM sample JOIN own_site ON own_site.id = sample.site_id WHERE sample.withdrawn IS NULL ORDER BY unit_id, period_end DESC, campaign_id DESC
        ), came_due AS (
            SELECT o.organisation_id, f.id IS NOT NULL AS done, f.id IS NULL AND o.last_day > $2 - 400 AS late,
                row_number() OVER (PARTITION BY o.organisation_id ORDER BY o.last_day DESC, o.id DESC) AS place
            FROM duty_occurrence o LEFT JOIN duty_fulfilment f ON f.occurrence_id = o.id AND f.undone_at IS NULL
            WHERE o.organisation_id IN (SELECT id FROM unit) AND (o.last_day < $2 OR f.id IS NOT NULL) AND o.last_day > $2 - 800
              -- A last day from before the portal watched it makes nobody late.
              AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        ), duties AS (
            SELECT organisation_id, (count(*) FILTER (WHERE place <= 8 AND done))::int AS done, (count(*) FILTER (WHERE place <= 8))::int AS owed,
                (count(*) FILTER (WHERE late))::int AS late
            FROM came_due GROUP BY 1
        ), permits AS (
            SELECT f.organisation_id, count(*)::int AS expiring FROM permit JOIN facility f ON f.id = permit.facility_id
            WHERE upper(permit.valid) - 1 BETWEEN $2 AND $2 + 90 AND f.organisation_id IN (SELECT id FROM unit) GROUP BY 1
        ), named AS (
            SELECT DISTINCT ON (n.organisation_id) n.organisation_id, CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END AS name
            FROM organisation_name n WHERE n.organisation_id IN (SELECT id FROM unit)
            ORDER BY n.organisation_id, n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST
        )
        SELECT org.code, coalesce(named.name, org.code), parent.name, unit.depth, coalesce(stand.sites, 0), coalesce(stand.exceeding, 0), coalesce(stand.undecided, 0),
            coalesce(stand.within, 0), stand.ratio, coalesce(stand.before, 0), coalesce(stand.unreviewed, 0), coalesce(sampled.samples, 0),
            CASE WHEN $3 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, sampled.period_end,
            coalesce(duties.done, 0), coalesce(duties.owed, 0), coalesce(duties.late, 0), coalesce(permits.expiring, 0)
        FROM unit
        JOIN organisation org ON org.id = unit.id
        LEFT JOIN named ON named.organisation_id = unit.id
        LEFT JOIN named parent ON parent.organisation_id = unit.parent_id
        LEFT JOIN stand ON stand.unit_id = unit.id
        LEFT JOIN sampled ON sampled.unit_id = unit.id
        LEFT JOIN campaign c ON c.id = sampled.campaign_id
        LEFT JOIN duties ON duties.organisation_id = unit.id
        LEFT JOIN permits ON permits.organisation_id = unit.id
        ORDER BY unit.path
        LIMIT $4
        """;

    /// <summary>Quarters with results: of each unit, or, with $5, of each site. $4 the first quarter's first day.</summary>
    public const string QuarterCells = Tree +
        """
        SELECT CASE WHEN $5 THEN site.code ELSE org.code END, date_trunc('quarter', st.period_end)::date,
            max(array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], st.verdict)), max(st.worst_ratio),
            count(DISTINCT st.site_id)::int, (count(DISTINCT st.site_id) FILTER (WHERE st.verdict = 'exceeds'))::int, bool_and(st.reviewed),
            max(array_position(ARRAY['none', 'le0.5', 'le1', 'le2', 'le5', 'gt5'], st.ratio_class))
        FROM site_status st
        JOIN own_site ON own_site.id = st.site_id
        JOIN site ON site.id = own_site.id
        JOIN organisation org ON org.id = own_site.unit_id
        WHERE st.view = 'today' AND st.period_end >= $4 GROUP BY 1, 2
        """;

    /// <summary>Facilities and sites of the unit with the code $4.</summary>
    public const string Sites = Tree + Recent +
        """
        , worst AS (
            SELECT DISTINCT ON (site_id) * FROM recent WHERE place = 1
            ORDER BY site_id, rank DESC, worst_ratio DESC NULLS LAST, period_end DESC, medium, data_group
        ), shown AS (
            SELECT own_site.id AS site_id, coalesce(f.id, own_site.facility_id) AS facility_id
            FROM (SELECT facility.id FROM facility JOIN organisation o ON o.id = facility.organisation_id WHERE o.code = $4) AS f
            FULL JOIN (SELECT own_site.* FROM own_site JOIN organisation o ON o.id = own_site.unit_id WHERE o.code = $4) AS own_site ON own_site.facility_id = f.id
        )
        SELECT f.code, CASE WHEN $3 OR f.name_en = '' THEN f.name_vi ELSE f.name_en END,
            (SELECT CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n WHERE n.unit = f.commune ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1),
            s.code, CASE WHEN $3 OR s.name_en = '' THEN s.name_vi ELSE s.name_en END, s.kind, owner.code,
            st.medium, st.verdict, st.ratio_class, st.period_end,
            CASE WHEN $3 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, st.reviewed,
            CASE WHEN $3 THEN p.name_vi ELSE p.name_en END, decides.censoring, decides.canonical_value, nullif(p.unit, '-'), decides.lower, decides.upper, decides.ratio, decides.reason
        FROM shown
        LEFT JOIN facility f ON f.id = shown.facility_id
        LEFT JOIN site s ON s.id = shown.site_id
        LEFT JOIN organisation owner ON owner.id = s.owner_id
        LEFT JOIN worst st ON st.site_id = s.id
        LEFT JOIN campaign c ON c.id = st.campaign_id
        LEFT JOIN LATERAL (
            SELECT found.parameter, r.censoring, r.canonical_value, found.lower, found.upper, found.ratio, found.reason
            FROM finding found JOIN result r ON r.id = found.result_id AND r.period_start = found.period_start
            WHERE found.campaign_id = st.campaign_id AND found.site_id = st.site_id AND found.medium = st.medium AND found.data_group = st.data_group
              AND found.view = 'today' AND found.ordinal = 0 AND found.verdict = st.verdict AND r.successor IS NULL AND r.withdrawn IS NULL
              AND found.period_start BETWEEN st.period_start AND st.period_end AND r.period_start BETWEEN st.period_start AND st.period_end
            -- A minimum that is met is no nearness to its limit.
            ORDER BY found.verdict = 'within' AND found.upper IS NULL, found.ratio DESC NULLS LAST, found.parameter, r.id LIMIT 1) AS decides ON true
        LEFT JOIN parameter p ON p.code = decides.parameter
        ORDER BY f.code NULLS LAST, st.rank DESC NULLS LAST, st.worst_ratio DESC NULLS LAST, s.code
        LIMIT $5
        """;

    /// <summary>Permits of facilities of the unit with the code $1 that end within ninety days of $2.</summary>
    public const string Permits =
        """
        SELECT f.code, permit.number, upper(permit.valid) - 1 FROM permit JOIN facility f ON f.id = permit.facility_id JOIN organisation o ON o.id = f.organisation_id
        WHERE o.code = $1 AND upper(permit.valid) - 1 BETWEEN $2 AND $2 + 90 ORDER BY 3, 2 LIMIT 200
        """;

    // A site belongs to the unit of its facility; where that one is not in the tree, to its owner.
    private const string Tree =
        """
        WITH RECURSIVE tree AS (
            SELECT $1::int AS id, NULL::int AS parent_id, 0 AS depth, ARRAY[$1::int] AS path
            UNION ALL
            SELECT p.organisation_id, tree.id, tree.depth + 1, tree.path || p.organisation_id
            FROM tree JOIN organisation_parent p ON p.parent_id = tree.id AND p.valid @> $2::date
            WHERE p.organisation_id <> ALL (tree.path)
        ), unit AS MATERIALIZED (
            SELECT * FROM tree WHERE id IN (SELECT sees_id FROM visible_organisation WHERE valid @> $2) AND $3::boolean IS NOT NULL
        ), own_site AS MATERIALIZED (
            SELECT s.id, s.facility_id, coalesce(by_facility.id, by_owner.id) AS unit_id
            FROM site s
            LEFT JOIN facility f ON f.id = s.facility_id
            LEFT JOIN unit by_facility ON by_facility.id = f.organisation_id
            LEFT JOIN unit by_owner ON by_owner.id = s.owner_id
            WHERE coalesce(by_facility.id, by_owner.id) IS NOT NULL
        )

        """;

    // The two newest of each site, medium and group, one step into the index each.
    private const string Recent =
        """
        , watched AS (
            SELECT DISTINCT ps.site_id, p.medium, p.data_group FROM programme_site ps JOIN programme p ON p.id = ps.programme_id JOIN own_site ON own_site.id = ps.site_id
        ), recent AS MATERIALIZED (
            SELECT st.*, array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], st.verdict) AS rank
            FROM watched
            CROSS JOIN LATERAL (
                SELECT s.*, row_number() OVER (ORDER BY s.period_end DESC, s.campaign_id DESC) AS place FROM site_status s
                WHERE s.view = 'today' AND s.site_id = watched.site_id AND s.medium = watched.medium AND s.data_group = watched.data_group
                ORDER BY s.period_end DESC, s.campaign_id DESC LIMIT 2) AS st
        )

        """;
}

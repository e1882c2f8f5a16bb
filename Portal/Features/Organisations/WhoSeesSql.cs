namespace QuanTrac.Portal.Features.Organisations;

/// <summary>The questions of who sees what, put to <c>visible</c>.</summary>
internal static class WhoSeesSql
{
    /// <summary>$1 site, $2 data group, $3 day, $4 language. A row for each organisation and rule: code, name, kind, rule, what it goes through, first and last day.</summary>
    public const string Reasons =
        """
        WITH RECURSIVE down AS (
            -- From the owner, and from the organisation of the facility, up to whoever stands above on that day.
            SELECT x.id AS viewer, ARRAY[x.id] AS path
            FROM (SELECT owner_id AS id FROM site WHERE id = $1
                  UNION SELECT f.organisation_id FROM site s JOIN facility f ON f.id = s.facility_id WHERE s.id = $1 AND f.organisation_id IS NOT NULL) AS x
            UNION ALL
            SELECT p.parent_id, p.parent_id || down.path FROM down JOIN organisation_parent p ON p.organisation_id = down.viewer AND p.valid @> $3
            WHERE p.parent_id <> ALL (down.path)
        ), why AS (
            SELECT v.organisation_id, v.rule, v.valid,
                CASE v.rule
                WHEN 'own' THEN (SELECT array_agg(n.name ORDER BY place) FROM
                    (SELECT path FROM down WHERE down.viewer = v.organisation_id ORDER BY cardinality(path) LIMIT 1) AS d,
                    unnest(d.path) WITH ORDINALITY AS step(id, place),
                    LATERAL (SELECT coalesce((SELECT CASE WHEN $4 = 'en' AND x.name_en <> '' THEN x.name_en ELSE x.name_vi END FROM organisation_name x
                        WHERE x.organisation_id = step.id ORDER BY x.valid @> $3 DESC, lower(x.valid) DESC NULLS LAST LIMIT 1), '') AS name) AS n)
                WHEN 'territory' THEN (SELECT array_agg(DISTINCT words) FROM (
                    SELECT coalesce((SELECT n.name_vi FROM administrative_unit_name n WHERE n.unit = t.unit ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), t.unit) AS words
                    FROM organisation_territory t JOIN administrative_unit u ON u.code = t.unit
                    WHERE t.organisation_id = v.organisation_id AND t.valid @> $3
                      AND (u.kind = 'province' OR EXISTS (SELECT FROM site_unit su WHERE su.site_id = $1 AND su.unit = t.unit))
                    UNION ALL
                    SELECT a.name FROM organisation_area a JOIN site_position p ON p.site_id = $1 AND p.valid @> $3 AND ST_Covers(a.area, p.point)
                    WHERE a.organisation_id = v.organisation_id AND a.valid @> $3) AS land)
                WHEN 'group' THEN (SELECT array_agg(DISTINCT CASE WHEN $4 = 'en' AND g.name_en <> '' THEN g.name_en ELSE g.name_vi END)
                    FROM programme_site ps JOIN programme g ON g.id = ps.programme_id WHERE ps.site_id = $1 AND ps.data_group = $2 AND ps.valid @> $3)
                ELSE (SELECT array_agg(l.name_vi || ' (' || l.document || ')' ORDER BY l.name_vi) FROM organisation_list ol JOIN site_list l ON l.id = ol.list_id
                    JOIN site_list_item i ON i.list_id = l.id AND i.site_id = $1 AND i.valid @> $3
                    WHERE ol.organisation_id = v.organisation_id AND ol.valid @> $3)
                END AS through
            FROM visible v WHERE v.site_id = $1 AND v.data_group = $2 AND v.valid @> $3
        )
        SELECT o.code, n.name, o.kind, why.rule, coalesce(why.through, '{}'), lower(why.valid), upper(why.valid) - 1
        FROM why JOIN organisation o ON o.id = why.organisation_id
        CROSS JOIN LATERAL (SELECT coalesce((SELECT CASE WHEN $4 = 'en' AND x.name_en <> '' THEN x.name_en ELSE x.name_vi END FROM organisation_name x
            WHERE x.organisation_id = o.id ORDER BY x.valid @> $3 DESC, lower(x.valid) DESC NULLS LAST LIMIT 1), o.code) AS name) AS n
        ORDER BY array_position(ARRAY['own', 'list', 'territory', 'group'], why.rule), n.name, o.code
        LIMIT 2000
        """;

    /// <summary>$1 organisation, $2 day, $3 language, $4 words, $5 column to sort by or empty, $6 whether the greatest comes first, $7 count, $8 start.</summary>
    public const string Sites =
        """
        WITH seen AS (
            SELECT s.code, CASE WHEN $3 = 'en' AND s.name_en <> '' THEN s.name_en ELSE s.name_vi END AS name,
                coalesce((SELECT CASE WHEN $3 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END FROM organisation_name n
                    WHERE n.organisation_id = s.owner_id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), '') AS owner,
                array_agg(DISTINCT v.rule) AS rules, string_agg(DISTINCT v.data_group, '' ORDER BY v.data_group) AS groups
            FROM visible v JOIN site s ON s.id = v.site_id
            WHERE v.organisation_id = $1 AND v.valid @> $2 AND ($4 = '' OR strpos(s.search, portal_fold($4)) > 0)
            GROUP BY s.id
        )
        SELECT code, name, owner, rules, groups, (count(*) OVER ())::int
        FROM seen CROSS JOIN LATERAL (SELECT CASE $5
            WHEN 'site' THEN lpad(code, 40, '0') WHEN 'name' THEN name WHEN 'owner' THEN owner WHEN 'rules' THEN array_to_string(rules, ' ') WHEN 'groups' THEN groups END) AS sort (key)
        ORDER BY CASE WHEN NOT $6 THEN key END, CASE WHEN $6 THEN key END DESC NULLS LAST, length(code), code
        LIMIT $7 OFFSET $8
        """;
}

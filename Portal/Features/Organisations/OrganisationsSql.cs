namespace QuanTrac.Portal.Features.Organisations;

/// <summary>The questions about the tree and about one organisation.</summary>
internal static class OrganisationsSql
{
    /// <summary>In which order kinds stand beside each other.</summary>
    public static readonly string[] KindOrder =
        ["committee", "department", "sub_department", "centre", "body", "board", "police", "armed_forces", "district", "commune", "parent", "facility", "public"];

    /// <summary>$1 language, $2 day, $3 the viewer's organisation, $4 whether the viewer is told what all see.</summary>
    public const string Tree =
        """
        WITH RECURSIVE tree AS (
            SELECT o.id, o.code, 0 AS level, ARRAY[o.code] AS path, false AS manage
            FROM organisation o
            WHERE NOT EXISTS (SELECT FROM organisation_parent p JOIN organisation above ON above.id = p.parent_id WHERE p.organisation_id = o.id AND p.valid @> $2)
            UNION ALL
            SELECT o.id, o.code, tree.level + 1, tree.path || o.code, p.manage
            FROM tree JOIN organisation_parent p ON p.parent_id = tree.id AND p.valid @> $2 JOIN organisation o ON o.id = p.organisation_id
        ), seen AS (
            SELECT organisation_id, count(DISTINCT site_id)::int AS sites FROM visible WHERE valid @> $2 GROUP BY 1
        )
        SELECT o.code, coalesce(now.name, last.name, o.code), o.kind, tree.level, tree.path, now.name IS NULL, tree.manage,
            (SELECT count(*)::int FROM organisation_territory t WHERE t.organisation_id = o.id AND t.valid @> $2)
                + (SELECT count(*)::int FROM organisation_area a WHERE a.organisation_id = o.id AND a.valid @> $2),
            coalesce((SELECT string_agg(g.data_group, '' ORDER BY g.data_group) FROM organisation_group g WHERE g.organisation_id = o.id AND g.valid @> $2), ''),
            (SELECT count(*)::int FROM organisation_list l WHERE l.organisation_id = o.id AND l.valid @> $2),
            CASE WHEN $4 OR o.id = $3 THEN coalesce(seen.sites, 0) END, o.confidence, CASE WHEN $1 = 'en' THEN o.open_mark_en ELSE o.open_mark_vi END
        FROM tree
        JOIN organisation o ON o.id = tree.id
        LEFT JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name FROM organisation_name n
            WHERE n.organisation_id = o.id AND n.valid @> $2 LIMIT 1) AS now ON true
        LEFT JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name FROM organisation_name n
            WHERE n.organisation_id = o.id ORDER BY lower(n.valid) DESC NULLS LAST LIMIT 1) AS last ON true
        LEFT JOIN seen ON seen.organisation_id = o.id
        WHERE o.kind <> 'public' OR $4
        LIMIT 10000
        """;

    // Of one organisation ($1), in a language ($2), names of others as of a day ($3): code, words, mark, first day, last day, source, change.

    public const string Names =
        """
        SELECT name_en, name_vi, confidence, lower(valid), upper(valid) - 1, source, change_id FROM organisation_name
        WHERE organisation_id = $1 AND ($2 <> '' OR $3::date IS NULL) ORDER BY lower(valid) DESC NULLS LAST
        """;

    public const string Parents =
        "SELECT o.code, n.name, CASE WHEN p.manage THEN 'manage' ELSE '' END, lower(p.valid), upper(p.valid) - 1, p.document, p.change_id FROM organisation_parent p JOIN organisation o ON o.id = p.parent_id "
        + Name + "WHERE p.organisation_id = $1 ORDER BY lower(p.valid) DESC NULLS LAST";

    public const string Children =
        "SELECT o.code, n.name, CASE WHEN p.manage THEN 'manage' ELSE '' END, lower(p.valid), upper(p.valid) - 1, p.document, p.change_id FROM organisation_parent p JOIN organisation o ON o.id = p.organisation_id "
        + Name + "WHERE p.parent_id = $1 ORDER BY upper(p.valid) DESC NULLS FIRST, n.name, o.code LIMIT 500";

    public const string Territories =
        """
        SELECT u.code, coalesce((SELECT n.name_vi FROM administrative_unit_name n WHERE n.unit = u.code ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), u.code) AS words,
            CASE WHEN u.area IS NULL THEN 'register' ELSE 'polygon' END, lower(t.valid) AS first, upper(t.valid) - 1, coalesce(c.number, u.source), t.change_id
        FROM organisation_territory t JOIN administrative_unit u ON u.code = t.unit LEFT JOIN organisation_change c ON c.id = t.change_id
        WHERE t.organisation_id = $1 AND $2 <> ''
        UNION ALL
        SELECT '', a.name, 'area', lower(a.valid), upper(a.valid) - 1, a.source, a.change_id FROM organisation_area a WHERE a.organisation_id = $1
        ORDER BY first DESC NULLS LAST, words
        """;

    public const string Groups =
        """
        SELECT g.data_group, CASE WHEN $2 = 'en' THEN d.name_en ELSE d.name_vi END, '', lower(g.valid), upper(g.valid) - 1, coalesce(c.number, ''), g.change_id
        FROM organisation_group g JOIN data_group d ON d.code = g.data_group LEFT JOIN organisation_change c ON c.id = g.change_id
        WHERE g.organisation_id = $1 AND $3::date IS NOT NULL ORDER BY upper(g.valid) DESC NULLS FIRST, g.data_group
        """;

    public const string Lists =
        """
        SELECT '', s.name_vi, (SELECT count(*)::text FROM site_list_item i WHERE i.list_id = s.id AND i.valid @> $3), lower(l.valid), upper(l.valid) - 1, s.document, l.change_id
        FROM organisation_list l JOIN site_list s ON s.id = l.list_id WHERE l.organisation_id = $1 AND $2 <> '' ORDER BY upper(l.valid) DESC NULLS FIRST, s.name_vi
        """;

    public const string Successors =
        "SELECT o.code, n.name, '', s.from_day, NULL::date, s.source, s.change_id FROM organisation_successor s JOIN organisation o ON o.id = s.successor_id "
        + Name + "WHERE s.organisation_id = $1 ORDER BY s.from_day, n.name, o.code";

    public const string Predecessors =
        "SELECT o.code, n.name, '', s.from_day, NULL::date, s.source, s.change_id FROM organisation_successor s JOIN organisation o ON o.id = s.organisation_id "
        + Name + "WHERE s.successor_id = $1 ORDER BY s.from_day, n.name, o.code";

    /// <summary>$1 language, $2 day.</summary>
    public const string SiteLists =
        """
        SELECT l.name_vi, l.document,
            coalesce((SELECT array_agg(s.code ORDER BY length(s.code), s.code) FROM site_list_item i JOIN site s ON s.id = i.site_id WHERE i.list_id = l.id AND i.valid @> $2), '{}'),
            coalesce((SELECT array_agg(o.code ORDER BY o.code) FROM organisation_list ol JOIN organisation o ON o.id = ol.organisation_id WHERE ol.list_id = l.id AND ol.valid @> $2), '{}'),
            coalesce((SELECT array_agg(CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END ORDER BY o.code) FROM organisation_list ol
                JOIN organisation o ON o.id = ol.organisation_id JOIN organisation_name n ON n.organisation_id = o.id AND n.valid @> $2
                WHERE ol.list_id = l.id AND ol.valid @> $2), '{}')
        FROM site_list l ORDER BY l.name_vi LIMIT 500
        """;

    /// <summary>$1 the organisation that is named or null, $2 column to sort by or empty, $3 whether the greatest comes first, $4 count, $5 start.</summary>
    public const string Changes =
        """
        SELECT id, number, dated, from_day, file_name, note, acts, effect, at, account_name, (count(*) OVER ())::int
        FROM organisation_change AS c CROSS JOIN LATERAL (SELECT CASE $2
            WHEN 'number' THEN number WHEN 'dated' THEN dated::text WHEN 'from' THEN from_day::text WHEN 'note' THEN note WHEN 'by' THEN account_name
            WHEN 'at' THEN lpad(id::text, 12, '0') END) AS sort (key)
        WHERE $1::text IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(c.acts) AS a WHERE a ->> 'Code' = $1 OR a ->> 'Parent' = $1 OR a -> 'Successors' ? $1)
        ORDER BY CASE WHEN NOT $3 THEN key END, CASE WHEN $3 THEN key END DESC NULLS LAST, id DESC
        LIMIT $4 OFFSET $5
        """;

    private const string Name =
        """
        CROSS JOIN LATERAL (SELECT coalesce((SELECT CASE WHEN $2 = 'en' AND x.name_en <> '' THEN x.name_en ELSE x.name_vi END FROM organisation_name x
            WHERE x.organisation_id = o.id ORDER BY x.valid @> $3 DESC, lower(x.valid) DESC NULLS LAST LIMIT 1), o.code) AS name) AS n

        """;
}

namespace QuanTrac.Portal.Features.Operations;

/// <summary>The questions of the nightly check that the database answers itself. Each gives the rows that are wrong, as a word to find them by; at most 1.000.</summary>
internal static class IntegritySql
{
    /// <summary>Code of the check, and its question.</summary>
    public static IReadOnlyList<(string Code, string Sql)> All { get; } =
    [
        ("ResultsWithoutSample", "SELECT id::text FROM result r WHERE NOT EXISTS (SELECT FROM sample s WHERE s.id = r.sample_id) LIMIT 1000"),
        ("FindingsWithoutResult",
            """
            SELECT f.result_id::text FROM finding f
            WHERE NOT EXISTS (SELECT FROM result r WHERE r.id = f.result_id AND r.period_start = f.period_start) LIMIT 1000
            """),
        ("ResultsWithoutFinding",
            """
            SELECT r.id::text FROM result r
            WHERE r.successor IS NULL AND r.withdrawn IS NULL AND NOT EXISTS (SELECT FROM finding f WHERE f.result_id = r.id AND f.period_start = r.period_start) LIMIT 1000
            """),
        // The status of a site says how many results it rests on.
        ("StatusCounts",
            """
            SELECT st.site_id || '/' || st.campaign_id
            FROM site_status st JOIN (
                SELECT site_id, medium, data_group, campaign_id, count(*) AS results FROM result WHERE successor IS NULL AND withdrawn IS NULL GROUP BY 1, 2, 3, 4) AS r
                USING (site_id, medium, data_group, campaign_id)
            WHERE st.results <> r.results LIMIT 1000
            """),
        ("StatusMissing",
            """
            SELECT DISTINCT r.site_id || '/' || r.campaign_id FROM result r
            WHERE r.successor IS NULL AND r.withdrawn IS NULL AND NOT EXISTS (SELECT FROM site_status st WHERE st.site_id = r.site_id AND st.medium = r.medium
                AND st.data_group = r.data_group AND st.campaign_id = r.campaign_id) LIMIT 1000
            """),
        ("Corrections",
            """
            SELECT r.id::text FROM result r
            WHERE r.successor IS NOT NULL AND NOT EXISTS (SELECT FROM result n WHERE n.id = r.successor) LIMIT 1000
            """),
        ("ConstraintsNotValidated",
            """
            SELECT conname::text FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace
            UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid LIMIT 1000
            """),
        ("TablesOpen",
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity AND relname <> 'spatial_ref_sys' LIMIT 1000
            """),
    ];
}

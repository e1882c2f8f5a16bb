namespace QuanTrac.Portal.Tests.Support;

/// <summary>For statuses and findings that a test writes itself: the rows that guests, and those whom an inspection concerns, see of them.</summary>
internal static class SeenRows
{
    public const string Sql =
        """
        INSERT INTO site_status
        SELECT (jsonb_populate_record(NULL::site_status, to_jsonb(st) || jsonb_build_object('newest', NULL, 'newest_released', NULL,
            'rests_on', CASE WHEN st.data_group = 'd' THEN 'concluded' ELSE 'released' END))).*
        FROM site_status AS st WHERE st.rests_on = 'all' AND st.reviewed AND (st.data_group = 'd' OR st.released) ON CONFLICT DO NOTHING;
        INSERT INTO finding
        SELECT (jsonb_populate_record(NULL::finding, to_jsonb(f) || '{"rests_on": "concluded"}')).*
        FROM finding AS f JOIN result AS r ON r.id = f.result_id AND r.period_start = f.period_start JOIN submission AS s ON s.id = r.submission_id
        WHERE f.rests_on = 'all' AND f.data_group = 'd' AND s.state = 'accepted' ON CONFLICT DO NOTHING;
        """;
}

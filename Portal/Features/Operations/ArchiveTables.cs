namespace QuanTrac.Portal.Features.Operations;

/// <summary>The files of the open archive and what fills them: accepted results of a year, and what their codes mean. The year is a setting of the
/// connection, since COPY takes no parameters.</summary>
internal static class ArchiveTables
{
    public const string SetYear = "SELECT set_config('quantrac.archive_from', make_date($1, 1, 1)::text, true), set_config('quantrac.archive_to', make_date($1 + 1, 1, 1)::text, true)";

    public static IReadOnlyList<(string File, string Copy)> All { get; } =
    [
        ("units.csv", "COPY (SELECT code, quantity, factor, name_vi, name_en FROM unit ORDER BY code) TO STDOUT (FORMAT csv, HEADER)"),
        ("parameters.csv", "COPY (SELECT code, unit, name_vi, name_en FROM parameter ORDER BY code) TO STDOUT (FORMAT csv, HEADER)"),
        ("sites.csv",
            """
            COPY (
                SELECT s.code, s.kind, s.name_vi, s.name_en,
                    (SELECT n.name_vi FROM organisation_name n WHERE n.organisation_id = s.owner_id ORDER BY lower(n.valid) DESC NULLS LAST LIMIT 1) AS owner,
                    lower(p.valid) AS valid_from, upper(p.valid) AS valid_to, p.longitude, p.latitude
                FROM site s LEFT JOIN site_position p ON p.site_id = s.id
                WHERE s.id IN (SELECT r.site_id FROM result r JOIN submission sub ON sub.id = r.submission_id AND sub.state = 'accepted'
                    WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date)
                ORDER BY s.code, lower(p.valid)) TO STDOUT (FORMAT csv, HEADER)
            """),
        ("campaigns.csv",
            """
            COPY (
                SELECT c.code, pr.code AS programme, c.name_vi, c.name_en, c.period_start, c.period_end FROM campaign c JOIN programme pr ON pr.id = c.programme_id
                WHERE c.id IN (SELECT r.campaign_id FROM result r JOIN submission sub ON sub.id = r.submission_id AND sub.state = 'accepted'
                    WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date)
                ORDER BY pr.code, c.code) TO STDOUT (FORMAT csv, HEADER)
            """),
        ("laboratories.csv", "COPY (SELECT code, name_vi FROM laboratory ORDER BY code) TO STDOUT (FORMAT csv, HEADER)"),
        ("documents.csv",
            """
            COPY (
                SELECT f.sha256, min(sub.file_name) AS name, f.bytes, min(sub.account_name) AS handed_in_by, min(sub.decided_at) AS accepted_at
                FROM submission sub JOIN stored_file f ON f.sha256 = sub.file_sha256
                WHERE sub.state = 'accepted' AND sub.id IN (SELECT r.submission_id FROM result r
                    WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date)
                GROUP BY f.sha256, f.bytes ORDER BY f.sha256) TO STDOUT (FORMAT csv, HEADER)
            """),
        ("results.csv",
            """
            COPY (
                SELECT r.id, s.code AS site, r.medium, r.data_group, pr.code AS programme, c.code AS campaign, r.period_start, r.period_end, sm.precision, r.depth, r.tide,
                    r.type, r.replicate, l.code AS laboratory, sm.report_number, r.parameter, r.fraction, r.censoring, r.value, r.unit, r.canonical_value,
                    p.unit AS canonical_unit, r.reported, sub.file_sha256 AS document, r.sheet, r.row_number, r.column_letter, r.successor AS superseded_by
                FROM result r
                JOIN submission sub ON sub.id = r.submission_id AND sub.state = 'accepted'
                JOIN sample sm ON sm.id = r.sample_id
                JOIN site s ON s.id = r.site_id
                JOIN campaign c ON c.id = r.campaign_id
                JOIN programme pr ON pr.id = c.programme_id
                JOIN parameter p ON p.code = r.parameter
                LEFT JOIN laboratory l ON l.id = sm.laboratory_id
                WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date
                ORDER BY r.id) TO STDOUT (FORMAT csv, HEADER)
            """),
    ];

    public const string Documents =
        """
        SELECT DISTINCT sub.file_sha256 FROM submission sub
        WHERE sub.state = 'accepted' AND sub.id IN (SELECT r.submission_id FROM result r
            WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date) ORDER BY 1
        """;
}

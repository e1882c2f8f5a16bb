using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Turns the new cells of a submission into samples and results, set-based, in the transaction of the caller.</summary>
public static class StoreResults
{
    /// <summary>Results and their verdicts are written by one at a time: two acceptances of the same rows would both find them new, and whoever judges anew would
    /// take back what another has just judged.</summary>
    public const long WritersLock = 2_620_229_001;

    /// <returns>How many results were added, and how many cells contradict what others stored meanwhile (left out).</returns>
    public static async Task<(int Added, int Conflicts)> RunAsync(NpgsqlConnection connection, int submission, CancellationToken cancel)
    {
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, WritersLock);
        var (_, _, conflicts) = await Staging.CompareAgainAsync(connection, submission, cancel);
        await CampaignsAsync(connection, submission, cancel);
        await connection.ExecuteAsync(
            """
            INSERT INTO laboratory (code, name_vi)
            SELECT DISTINCT laboratory, laboratory FROM submission_row WHERE submission_id = $1 AND laboratory <> '' ON CONFLICT DO NOTHING
            """, cancel, submission);
        await connection.ExecuteAsync(Staging.BulkJoins, cancel);
        await connection.ExecuteAsync(Samples, cancel, submission);
        var added = await connection.ExecuteAsync(Results, cancel, submission);
        await connection.ExecuteAsync(Staging.AnyJoins, cancel);
        await connection.ExecuteAsync(Done, cancel, submission);
        await connection.ExecuteAsync("SELECT portal_count_stored($1)", cancel, submission);
        return (added, conflicts);
    }

    // A file may name its campaigns; otherwise the period names them: NB-2023-Q3.
    private static async Task CampaignsAsync(NpgsqlConnection connection, int submission, CancellationToken cancel)
    {
        await connection.ExecuteAsync(
            """
            CREATE TEMP TABLE IF NOT EXISTS campaign_of (programme_id int, campaign_code text, period_start date, period_end date, campaign_id int) ON COMMIT DROP;
            TRUNCATE campaign_of
            """, cancel);
        var campaigns = await connection.ListAsync(
            """
            SELECT DISTINCT r.programme_id, p.code, r.campaign_code, r.period_start, r.period_end, r.precision
            FROM submission_row r JOIN programme p ON p.id = r.programme_id
            WHERE r.submission_id = $1 AND r.outcome = 'new'
            """,
            row => (Programme: row.GetInt32(0), ProgrammeCode: row.GetString(1), Code: row.GetString(2),
                Start: row.GetFieldValue<DateOnly>(3), End: row.GetFieldValue<DateOnly>(4), Precision: row.GetString(5)), cancel, submission);
        foreach (var c in campaigns)
        {
            var (period, nameVi, nameEn, start, end) = Named(c.Start, c.End, c.Precision);
            var own = c.Code.Length > 0 ? c.Code : period;
            // The programme's code stands in front, so that no two programmes name the same campaign.
            var code = own.StartsWith(c.ProgrammeCode + "-", StringComparison.Ordinal) ? own : $"{c.ProgrammeCode}-{own}";
            await connection.ExecuteAsync(
                """
                INSERT INTO campaign_of SELECT $1, $2, $3, $4, portal_ensure_campaign($1, $5, $6, $7, $8, $9)
                """, cancel, c.Programme, c.Code, c.Start, c.End, code,
                c.Code.Length > 0 ? c.Code : nameVi, c.Code.Length > 0 ? c.Code : nameEn, start, end);
        }
    }

    private static (string Period, string Vi, string En, DateOnly Start, DateOnly End) Named(DateOnly start, DateOnly end, string precision)
    {
        var culture = CultureInfo.InvariantCulture;
        var quarter = (start.Month + 2) / 3;
        return precision switch
        {
            "quarter" => (string.Create(culture, $"{start.Year}-Q{quarter}"), string.Create(culture, $"Quý {quarter}/{start.Year}"),
                string.Create(culture, $"Quarter {quarter}/{start.Year}"), start, end),
            "year" => (string.Create(culture, $"{start.Year}"), string.Create(culture, $"Năm {start.Year}"), string.Create(culture, $"Year {start.Year}"), start, end),
            // Days belong to the campaign of their month.
            _ => (start.ToString("yyyy-MM", culture), start.ToString("'Tháng' M/yyyy", culture), start.ToString("M/yyyy", culture),
                new(start.Year, start.Month, 1), new DateOnly(start.Year, start.Month, 1).AddMonths(1).AddDays(-1)),
        };
    }

    private const string Samples =
        """
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, depth, tide, type, replicate,
            laboratory_id, report_number, submission_id)
        SELECT DISTINCT ON (r.site_id, r.medium, r.data_group, c.campaign_id, r.period_start, r.period_end, r.depth, r.tide, r.type, r.replicate)
            r.site_id, r.medium, r.data_group, c.campaign_id, r.period_start, r.period_end, r.precision, r.depth, r.tide, r.type, r.replicate,
            l.id, r.report_number, r.submission_id
        FROM submission_row r
        JOIN campaign_of c USING (programme_id, campaign_code, period_start, period_end)
        LEFT JOIN laboratory l ON l.code = r.laboratory
        WHERE r.submission_id = $1 AND r.outcome = 'new'
        ORDER BY r.site_id, r.medium, r.data_group, c.campaign_id, r.period_start, r.period_end, r.depth, r.tide, r.type, r.replicate, r.ordinal
        ON CONFLICT DO NOTHING
        """;

    private const string Results =
        """
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, depth, tide, type,
            replicate, parameter, fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT s.id, r.site_id, r.medium, r.data_group, c.campaign_id, r.submission_id, r.period_start, r.period_end, r.depth, r.tide, r.type,
            r.replicate, r.parameter, r.fraction, r.reported, r.censoring, r.value, r.unit, r.canonical_value, r.sheet, r.row_number, r.column_letter
        FROM submission_row r
        JOIN campaign_of c USING (programme_id, campaign_code, period_start, period_end)
        JOIN sample s ON s.site_id = r.site_id AND s.medium = r.medium AND s.data_group = r.data_group AND s.campaign_id = c.campaign_id
            AND s.period_start = r.period_start AND s.period_end = r.period_end AND s.depth IS NOT DISTINCT FROM r.depth
            AND s.tide = r.tide AND s.type = r.type AND s.replicate = r.replicate
        WHERE r.submission_id = $1 AND r.outcome = 'new' AND s.withdrawn IS NULL AND s.campaign_id = ANY (ARRAY(SELECT campaign_id FROM campaign_of))
        ORDER BY r.ordinal
        """;

    // What another submission that nobody has reviewed brought first waits: with that one withdrawn, it is this one's to bring (WithdrawResults).
    private const string Done =
        $"""
        DELETE FROM submission_row AS row WHERE row.submission_id = $1 AND NOT (row.outcome = 'present' AND EXISTS (
            SELECT FROM result AS stored WHERE stored.successor IS NULL AND stored.withdrawn IS NULL AND NOT portal_accepted(stored.submission_id){Staging.SameKey}))
        """;
}

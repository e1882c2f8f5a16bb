using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The chain behind one result: verdict, limit, clause, sample, file and row.</summary>
internal sealed class WhyQuery(NpgsqlConnection connection, bool vietnamese)
{
    public async Task<WhyChain?> RunAsync(MapFilter filter, long result, CancellationToken cancel)
    {
        var findings = await connection.ListAsync(FindingsSql, Finding, cancel, result, vietnamese);
        var governing = findings.FirstOrDefault(finding => finding.View == filter.View && finding.Ordinal == 0);
        if (governing is null)
            return null;
        var (sample, origin) = (await connection.ListAsync(SampleSql, Sample, cancel, result, vietnamese))[0];
        // What the other standard says: of the same period where it straddles two, else of the other view where it differs.
        var other = findings.FirstOrDefault(finding => finding.View == filter.View && finding.Ordinal > 0)
            ?? findings.FirstOrDefault(finding => finding.View != filter.View && finding.Ordinal == 0
                && (finding.Result.Verdict, finding.Result.Standard) != (governing.Result.Verdict, governing.Result.Standard));
        return new(governing.Result, governing.Limit, sample, origin,
            other is null ? null : new(other.View == filter.View ? "later" : other.View, other.Result.Standard ?? "", other.Result.Verdict, other.Result.Ratio),
            governing.Mean);
    }

    private static FindingRow Finding(NpgsqlDataReader row)
    {
        decimal? Number(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
        string? Text(int column) => row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
        var kind = Text(8);
        var limit = kind is null ? null : new SiteLimit(kind, Number(9), Number(10), Text(17));
        var shown = new SiteResult(row.GetInt64(0), row.GetString(1), row.GetString(2), SitePanelQuery.Value(row, 3), Text(5), limit,
            row.GetString(6), "none", Number(7), Text(11), Text(12), SitePanelQuery.Sure(row, 21));
        var why = limit is null ? null : new WhyLimit(
            Text(13) ?? "", Text(14), Text(15), Text(16), Text(18), row.IsDBNull(19) ? null : row.GetFieldValue<DateOnly>(19),
            row.IsDBNull(20) ? null : row.GetFieldValue<DateOnly>(20), shown.Confidence, Text(22));
        var mean = row.IsDBNull(25) ? null : new WhyMean(new(row.GetDecimal(25), Number(26), row.GetInt32(27)), Text(28), row.IsDBNull(29) ? null : row.GetInt32(29));
        return new(row.GetString(23), row.GetInt16(24), shown, why, mean);
    }

    private static (WhySample, WhyOrigin?) Sample(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) || row.GetString(column).Length == 0 ? null : row.GetString(column);
        var depth = row.IsDBNull(6) ? null : row.GetDecimal(6).ToString("0.## m", CultureInfo.CurrentCulture);
        var sample = new WhySample(
            new Period(row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateOnly>(1), row.GetString(2)), Text(3), Text(4), Text(5), depth);
        return (sample, new WhyOrigin(row.GetInt32(7).ToString(CultureInfo.InvariantCulture), Text(8) ?? "", Text(9) ?? "", Text(10), row.GetInt32(11), Text(12), Text(13)));
    }

    private sealed record FindingRow(string View, short Ordinal, SiteResult Result, WhyLimit? Limit, WhyMean? Mean);

    private const string FindingsSql =
        """
        SELECT r.id, r.parameter, CASE WHEN $2 THEN p.name_vi ELSE p.name_en END, r.censoring, r.canonical_value, nullif(p.unit, '-'), f.verdict, f.ratio,
            CASE WHEN l.kind = 'class_text' THEN 'class_text' WHEN f.lower IS NOT NULL AND f.upper IS NOT NULL THEN 'range'
                 WHEN f.lower IS NOT NULL THEN 'min' WHEN f.upper IS NOT NULL THEN 'max' END,
            f.lower, f.upper, f.reason,
            coalesce(concat_ws(', ', l.standard, l.table_name), permit.number, ''),
            coalesce(l.standard, permit.number), CASE WHEN $2 THEN st.title_vi ELSE st.title_en END, l.table_name, coalesce(nullif(l.clause, ''), nullif(pl.clause, '')), l.note,
            CASE WHEN $2 THEN col.name_vi ELSE col.name_en END,
            lower(coalesce(l.valid, pl.valid)), upper(coalesce(l.valid, pl.valid)) - 1,
            portal_limit_confidence(f.limit_id, r.site_id, CASE f.view WHEN 'today' THEN portal_today() ELSE r.period_start END), l.source, f.view, f.ordinal,
            f.mean_lowest, f.mean_highest, f.samplings, CASE WHEN $2 THEN class.name_vi ELSE class.name_en END, col.samplings
        FROM result r
        JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start
        JOIN parameter p ON p.code = r.parameter
        LEFT JOIN standard_limit l ON l.id = f.limit_id
        LEFT JOIN standard st ON st.code = l.standard
        LEFT JOIN standard_column col ON col.standard = l.standard AND col.code = l.column_code
        LEFT JOIN standard_column class ON class.standard = l.standard AND class.code = f.class
        LEFT JOIN permit_limit pl ON pl.id = f.permit_limit_id
        LEFT JOIN permit ON permit.id = pl.permit_id
        WHERE r.id = $1
        ORDER BY f.view, f.ordinal
        """;

    private const string SampleSql =
        """
        SELECT s.period_start, s.period_end, s.precision, CASE WHEN $2 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, lab.name_vi, s.report_number, s.depth,
            r.submission_id, sub.file_name, (portal_submission_paper(sub.id)).file_sha256, r.sheet, r.row_number, r.column_letter, r.reported
        FROM result r
        JOIN sample s ON s.id = r.sample_id
        JOIN campaign c ON c.id = r.campaign_id
        LEFT JOIN laboratory lab ON lab.id = s.laboratory_id
        LEFT JOIN submission sub ON sub.id = r.submission_id
        WHERE r.id = $1
        """;
}

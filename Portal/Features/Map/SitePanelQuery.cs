using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The chosen site with all values of its worst newest event under the filter, each against its limit.</summary>
internal sealed class SitePanelQuery(NpgsqlConnection connection, bool vietnamese, DateOnly today, bool guest)
{
    public async Task<SitePanelModel?> RunAsync(MapFilter filter, CancellationToken cancel)
    {
        var site = (await connection.ListAsync(SiteSql, row => new SiteFacts(
            row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5)),
            cancel, filter.Site, vietnamese, today)).FirstOrDefault();
        if (site is null)
            return null;
        var status = await StatusAsync(site.Id, filter, cancel);
        var area = await AreaAsync(site.Id, status?.To ?? today, cancel);
        if (status is null)
        {
            return new(site.Code, site.Name, site.Kind, filter.Medium ?? "", filter.Group ?? "", null, site.Owner, area, null, null,
                Verdict.NoLimit.Text(), SiteIndex.None, [], true, LocalStandardsLoaded: false, StandardChanges: false, site.PositionNote);
        }
        var results = await connection.ListAsync(ResultsSql, Result, cancel,
            site.Id, status.Campaign, status.Medium, status.Group, filter.View, vietnamese);
        return new(
            site.Code, site.Name, site.Kind, status.Medium, status.Group, status.Zone, site.Owner, area, status.CampaignName,
            new Period(status.From, status.To, status.Precision), status.Verdict, status.Index,
            results.OrderByDescending(result => Rank(result.Verdict)).ThenByDescending(Weight).ThenBy(result => result.Sort).Select(result => result.Row).ToList(),
            status.Reviewed, LocalStandardsLoaded: false, status.StandardChanges, site.PositionNote, new(site.Id, status.Medium, status.Group, status.Campaign), status.Band,
            status.Supplementary);

        static int Rank(string verdict) => (int)VerdictWords.Parse(verdict);
    }

    private async Task<SiteArea> AreaAsync(int site, DateOnly day, CancellationToken cancel)
    {
        // Who stands under whom is not for guests.
        var company = guest ? null : await connection.ScalarAsync<string>(CompanySql, cancel, site, day, vietnamese);
        return (await connection.ListAsync(AreaSql, row => new SiteArea(Text(row, 0), Text(row, 1), Text(row, 2), company), cancel, site, day, today, vietnamese)).Single();
    }

    private async Task<StatusFacts?> StatusAsync(int site, MapFilter filter, CancellationToken cancel)
    {
        async Task<StatusFacts?> FindAsync(MapFilter within) => (await connection.ListAsync(StatusSql, row => new StatusFacts(
            row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5), row.GetString(6),
            row.GetString(7), new(MapData.FillOf(row, 8), Text(row, 13), Text(row, 14), row.GetString(15)), row.GetBoolean(16), Text(row, 17), row.GetBoolean(18), row.GetString(19), Beside(row)),
            cancel, site, within.View, within.Medium, within.Group, within.Campaign, vietnamese)).FirstOrDefault();
        // A shared address may name a site that the filter leaves out: then its newest event is shown.
        return await FindAsync(filter) ?? await FindAsync(new MapFilter { View = filter.View });
    }

    // Not reviewed, it has no index for the same reason as the legal one.
    private static SiteIndex? Beside(NpgsqlDataReader row) => !EventIndex.HasCcme(row.GetString(0)) || row.GetString(15) == EventIndex.Unreviewed ? null
        : row.IsDBNull(20) ? new(SiteIndex.None.Fill, null, null, CcmeWqi.TooFewVariables)
        : new(new(CcmeWqi.Kind, row.GetInt32(20), row.GetString(21), Text(row, 22), row.GetString(23)), Text(row, 24), Text(row, 25), "");

    private static ResultRow Result(NpgsqlDataReader row)
    {
        decimal? Number(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
        var limit = row.IsDBNull(9) ? null : new SiteLimit(row.GetString(9), Number(5), Number(6), Text(row, 12));
        var ratio = Number(8);
        var verdict = row.GetString(7);
        // A minimum that is met has no place in the ramp of excess.
        return new(row.GetString(1), verdict, row.GetInt32(13), new SiteResult(
            row.GetInt64(0), row.GetString(1), row.GetString(2), Value(row, 3), Text(row, 14), limit,
            verdict, Bands.Of(verdict, verdict == "within" && limit?.Kind != "max" ? null : ratio), ratio, row.GetString(10).Length == 0 ? null : row.GetString(10), Text(row, 11),
            Sure(row, 15)), ratio);
    }

    private static decimal Weight(ResultRow row) => row.Row.Limit?.Kind == "min" && row.Verdict == "within" ? 0 : row.Ratio ?? 0;

    internal static ReportedValue Value(NpgsqlDataReader row, int column) => new(
        row.GetDecimal(column + 1), row.GetString(column) switch { "<" => Censoring.Below, ">" => Censoring.Above, _ => Censoring.None });

    internal static Confidence Sure(NpgsqlDataReader row, int column) => StandardCodes.FindConfidence(row.GetString(column))!.Value;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private sealed record SiteFacts(int Id, string Code, string Name, string Kind, string? Owner, string? PositionNote);

    private sealed record StatusFacts(
        string Medium, string Group, int Campaign, string CampaignName, DateOnly From, DateOnly To, string Precision, string Verdict, SiteIndex Index, bool Reviewed, string? Zone,
        bool StandardChanges, string Band, SiteIndex? Supplementary);

    private sealed record ResultRow(string Parameter, string Verdict, int Sort, SiteResult Row, decimal? Ratio);

    private const string SiteSql =
        """
        SELECT s.id, s.code, CASE WHEN $2 OR s.name_en = '' THEN s.name_vi ELSE s.name_en END, s.kind,
            (SELECT CASE WHEN $2 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM organisation_name n
             WHERE n.organisation_id = s.owner_id ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1),
            coalesce(
                (SELECT CASE WHEN $2 THEN f.position_precision_vi ELSE f.position_precision_en END FROM facility f
                 WHERE f.id = s.facility_id AND f.position_precision_vi <> ''),
                nullif((SELECT p.note FROM site_position p WHERE p.site_id = s.id AND p.valid @> $3), ''))
        FROM site s WHERE s.code = $1
        """;

    // The smallest unit on the day of the record and today, each by its name of that day; last, the commune that the register gives the site.
    private const string AreaSql =
        """
        WITH named AS (
            SELECT unit.code, unit.kind, n.valid, CASE WHEN $4 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END AS name
            FROM administrative_unit unit JOIN administrative_unit_name n ON n.unit = unit.code
        )
        SELECT
            (SELECT name FROM site_unit inside JOIN named ON named.code = inside.unit
             WHERE inside.site_id = $1 AND inside.valid @> $2 AND named.valid @> $2 ORDER BY named.kind, inside.by_area DESC, named.code LIMIT 1),
            (SELECT name FROM site_unit inside JOIN named ON named.code = inside.unit
             WHERE inside.site_id = $1 AND inside.valid @> $3 AND named.valid @> $3 ORDER BY named.kind, inside.by_area DESC, named.code LIMIT 1),
            (SELECT name FROM site JOIN named ON named.code = site.commune WHERE site.id = $1 ORDER BY named.valid @> $3 DESC, lower(named.valid) DESC NULLS LAST LIMIT 1)
        """;

    // The company that the owner stood under on the day of the record.
    private const string CompanySql =
        """
        SELECT CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END
        FROM site JOIN organisation_parent above ON above.organisation_id = site.owner_id AND above.valid @> $2
        JOIN organisation company ON company.id = above.parent_id AND company.kind IN ('parent', 'facility')
        JOIN organisation_name n ON n.organisation_id = company.id WHERE site.id = $1 ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1
        """;

    private const string StatusSql =
        """
        SELECT st.medium, st.data_group, st.campaign_id, CASE WHEN $6 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, st.period_start, st.period_end,
            (SELECT sample.precision FROM sample WHERE sample.withdrawn IS NULL AND sample.campaign_id = st.campaign_id AND sample.site_id = st.site_id
             AND sample.medium = st.medium ORDER BY sample.id LIMIT 1),
            st.verdict, st.index_code, st.index_value, st.band, CASE WHEN $6 THEN b.name_vi ELSE b.name_en END, b.colour,
            b.standard, CASE WHEN $6 THEN b.meaning_vi ELSE b.meaning_en END, st.index_reason, st.reviewed,
            (SELECT CASE WHEN $6 THEN col.name_vi ELSE col.name_en END FROM site_standard a
             JOIN standard_column col ON col.standard = a.standard AND col.code = a.column_code
             WHERE a.site_id = st.site_id AND a.medium = st.medium AND st.standard LIKE '%' || a.standard || '%' ORDER BY a.id LIMIT 1),
            st.standard_changes, st.ratio_class, st.ccme_value, st.ccme_band, CASE WHEN $6 THEN ccme.name_vi ELSE ccme.name_en END, ccme.colour, ccme.standard,
            CASE WHEN $6 THEN ccme.meaning_vi ELSE ccme.meaning_en END
        FROM (
            SELECT DISTINCT ON (medium, data_group) * FROM site_status
            WHERE site_id = $1 AND view = $2 AND ($3::text IS NULL OR medium = $3) AND ($4::text IS NULL OR data_group = $4)
              AND ($5::text IS NULL OR campaign_id = (SELECT id FROM campaign WHERE code = $5))
            ORDER BY medium, data_group, period_end DESC, campaign_id DESC
        ) st
        JOIN campaign c ON c.id = st.campaign_id
        LEFT JOIN index_band b ON b.code = st.band
        LEFT JOIN index_band ccme ON ccme.code = st.ccme_band
        ORDER BY array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], st.verdict) DESC, st.worst_ratio DESC NULLS LAST, st.medium, st.data_group
        LIMIT 1
        """;

    private const string ResultsSql =
        """
        SELECT r.id, r.parameter, CASE WHEN $6 THEN p.name_vi ELSE p.name_en END, r.censoring, r.canonical_value, f.lower, f.upper, f.verdict, f.ratio,
            CASE WHEN l.kind = 'class_text' THEN 'class_text' WHEN f.lower IS NOT NULL AND f.upper IS NOT NULL THEN 'range'
                 WHEN f.lower IS NOT NULL THEN 'min' WHEN f.upper IS NOT NULL THEN 'max' END,
            f.reason, coalesce(concat_ws(', ', l.standard, l.table_name), CASE WHEN f.permit_limit_id IS NOT NULL THEN permit.number END), l.note, p.sort, nullif(p.unit, '-'),
            portal_limit_confidence(f.limit_id, r.site_id, CASE f.view WHEN 'today' THEN portal_today() ELSE r.period_start END)
        FROM result r
        JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start AND f.view = $5 AND f.ordinal = 0
        JOIN parameter p ON p.code = r.parameter
        LEFT JOIN standard_limit l ON l.id = f.limit_id
        LEFT JOIN permit_limit pl ON pl.id = f.permit_limit_id
        LEFT JOIN permit ON permit.id = pl.permit_id
        WHERE r.site_id = $1 AND r.campaign_id = $2 AND r.medium = $3 AND r.data_group = $4 AND r.successor IS NULL AND r.withdrawn IS NULL
        LIMIT 2000
        """;
}

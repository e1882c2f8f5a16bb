using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>One parameter of the chosen site through time, with its limit in the view of the filter.</summary>
internal sealed class SeriesQuery(NpgsqlConnection connection, bool vietnamese, DateOnly today)
{
    // Forty years of monthly values.
    private const int MostPoints = 500;

    public async Task<ChartSeries?> RunAsync(MapFilter filter, CancellationToken cancel)
    {
        var choices = await connection.ListPreparedAsync(ChoicesSql,
            row => (Choice: new Choice(row.GetString(0), row.GetString(1)), Unit: row.IsDBNull(2) ? null : row.GetString(2), Medium: row.GetString(3)),
            cancel, filter.Site, vietnamese, Text(filter.Medium), filter.View, Text(filter.Group), Text(filter.Campaign));
        if (choices.Count == 0)
            return null;
        var chosen = choices.FirstOrDefault(choice => choice.Choice.Code == filter.Parameter);
        if (chosen.Choice is null)
            chosen = choices[0];
        var rows = await connection.ListPreparedAsync(PointsSql, Point, cancel, filter.Site, chosen.Choice.Code, chosen.Medium, filter.View);
        return new(chosen.Choice.Code, chosen.Choice.Name, chosen.Unit, choices.ConvertAll(choice => choice.Choice),
            rows.ConvertAll(row => row.Point), Limits(rows, filter.View).ToList(),
            TrendTest.MannKendall(new(rows.Where(row => row.Reviewed).Select(row =>
                new TrendPoint(TrendPoint.Years(row.Point.Period.From.ToDateTime(TimeOnly.MinValue)), row.Point.Value)))));
    }

    // Today's standard is one line across; the standards of the days are steps.
    private IEnumerable<ChartLimit> Limits(List<PointRow> rows, string view)
    {
        var ordered = rows.Where(row => row.Lower is not null || row.Upper is not null).OrderBy(row => row.Point.Period.From).ToList();
        if (ordered.Count == 0)
            yield break;
        if (view == MapFilter.Today)
        {
            yield return new(null, null, Limit(ordered[^1]));
            yield break;
        }
        for (var first = 0; first < ordered.Count;)
        {
            var last = first;
            while (last + 1 < ordered.Count && (ordered[last + 1].Lower, ordered[last + 1].Upper) == (ordered[first].Lower, ordered[first].Upper))
                last++;
            yield return new(ordered[first].Point.Period.From, last + 1 < ordered.Count ? ordered[last + 1].Point.Period.From.AddDays(-1) : today, Limit(ordered[first]));
            first = last + 1;
        }
    }

    private static SiteLimit Limit(PointRow row) => new(
        (row.Lower, row.Upper) switch { ({ }, { }) => "range", ({ }, null) => "min", _ => "max" }, row.Lower, row.Upper, null);

    private static PointRow Point(NpgsqlDataReader row)
    {
        decimal? Number(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
        var verdict = row.GetString(7);
        // A minimum that is met has no place in the ramp of excess.
        var band = Bands.Of(verdict, verdict == "within" && !row.IsDBNull(5) ? null : Number(8));
        return new(new ChartPoint(new Period(row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateOnly>(1), row.GetString(2)),
            SitePanelQuery.Value(row, 3), verdict, band), Number(5), Number(6), row.GetBoolean(9));
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private sealed record PointRow(ChartPoint Point, decimal? Lower, decimal? Upper, bool Reviewed);

    // The parameter that decides comes first: the worst of the newest event under the filter.
    private const string ChoicesSql =
        """
        WITH deciding AS (
            SELECT medium, worst_parameter FROM (
                SELECT DISTINCT ON (st.medium, st.data_group) st.* FROM site_status st JOIN site s ON s.id = st.site_id
                WHERE s.code = $1 AND st.view = $4 AND ($3::text IS NULL OR st.medium = $3) AND ($5::text IS NULL OR st.data_group = $5)
                  AND ($6::text IS NULL OR st.campaign_id = (SELECT id FROM campaign WHERE code = $6))
                ORDER BY st.medium, st.data_group, st.period_end DESC, st.campaign_id DESC) newest
            ORDER BY array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], verdict) DESC, worst_ratio DESC NULLS LAST, medium, data_group
            LIMIT 1
        )
        SELECT p.code, CASE WHEN $2 THEN p.name_vi ELSE p.name_en END, nullif(p.unit, '-'), r.medium
        FROM (SELECT DISTINCT r.parameter, r.medium FROM result r JOIN site s ON s.id = r.site_id
              WHERE s.code = $1 AND r.successor IS NULL AND r.withdrawn IS NULL AND r.medium = coalesce((SELECT medium FROM deciding), $3, r.medium)) r
        JOIN parameter p ON p.code = r.parameter
        ORDER BY p.code = (SELECT worst_parameter FROM deciding) DESC NULLS LAST, p.sort, p.code
        LIMIT 200
        """;

    private static readonly string PointsSql =
        $"""
        SELECT r.period_start, r.period_end, sample.precision, r.censoring, r.canonical_value, f.lower, f.upper, f.verdict, f.ratio,
            portal_accepted(r.submission_id)
        FROM result r
        JOIN site s ON s.id = r.site_id
        JOIN sample ON sample.id = r.sample_id
        JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start AND f.view = $4 AND f.ordinal = 0
        WHERE s.code = $1 AND r.parameter = $2 AND r.medium = $3 AND r.successor IS NULL AND r.withdrawn IS NULL
        ORDER BY r.period_start DESC, r.id DESC
        LIMIT {MostPoints}
        """;
}

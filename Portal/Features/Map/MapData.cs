using Microsoft.AspNetCore.Components.Web.Virtualization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>What the map page asks for. Every method opens its own context with the access of the viewer; what the viewer may not see is not there.</summary>
public sealed class MapData(PortalDatabase database, CurrentAccess current, TimeProvider clock)
{
    // More campaigns than the slider can show as bars; the filter narrows them.
    private const int MostSteps = 36;

    /// <summary>What the viewer can filter by.</summary>
    public async Task<MapChoices> ChoicesAsync(CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        var today = PortalDay.Of(clock);
        return new(
            await db.Connection.ListAsync(
                "SELECT medium FROM site_status JOIN medium ON medium.code = site_status.medium WHERE view = 'today' GROUP BY medium ORDER BY count(DISTINCT site_id) DESC, medium",
                row => row.GetString(0), cancel),
            await db.Connection.ListAsync("SELECT DISTINCT data_group FROM site_status WHERE view = 'today' ORDER BY 1", row => row.GetString(0), cancel),
            await db.Connection.ListAsync(
                """
                SELECT o.code, coalesce(
                    (SELECT CASE WHEN $1 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM organisation_name n
                     WHERE n.organisation_id = o.id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), o.code) AS name
                FROM organisation o WHERE o.id IN (SELECT owner_id FROM site) ORDER BY name LIMIT 500
                """, AsChoice, cancel, Vietnamese, today),
            await db.Connection.ListAsync(
                """
                SELECT u.code, coalesce((SELECT n.name_vi FROM administrative_unit_name n WHERE n.unit = u.code ORDER BY n.valid @> $1 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), u.code) AS name
                FROM administrative_unit u
                WHERE u.code IN (SELECT unit FROM site_unit) ORDER BY u.kind, name
                """, AsChoice, cancel, today));
    }

    /// <summary>Legend, counts and campaigns under the filter.</summary>
    public async Task<MapOverview> OverviewAsync(MapFilter filter, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        var counts = await db.Connection.ListAsync(
            MapSql.Shown(await LoginAsync(), filter) + """
            SELECT index_code, verdict, count(*)::int, min(standard) FILTER (WHERE verdict <> 'no limit'), max(standard) FILTER (WHERE verdict <> 'no limit')
            FROM shown GROUP BY 1, 2
            """,
            row => new LegendCount(row.GetString(0), row.GetString(1), row.GetInt32(2), Text(row, 3), Text(row, 4)), cancel, MapSql.Values(filter));
        return new(
            counts.Sum(count => count.Sites), await db.Connection.ScalarAsync<int>("SELECT count(*)::int FROM site", cancel),
            counts.Where(count => count.Verdict == "exceeds").Sum(count => count.Sites), await MapLegends.OfAsync(db.Connection, counts, Vietnamese, cancel),
            await StepsAsync(db.Connection, filter, cancel));
    }

    /// <summary>A slice of the list twin, the worst first, ties by code.</summary>
    public async ValueTask<ItemsProviderResult<MapSite>> SitesAsync(MapFilter filter, ItemsProviderRequest request)
    {
        await using var db = await OpenAsync(request.CancellationToken);
        var rank = request.StartIndex;
        var rows = await db.Connection.ListAsync(ListQuery(await LoginAsync(), filter),
            row => (Total: row.GetInt32(0), Site: new MapSite(++rank, row.GetString(1), row.GetString(2), Text(row, 3) ?? "", row.GetString(4), row.GetString(5),
                Text(row, 6), row.IsDBNull(7) ? null : row.GetDecimal(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8))),
            request.CancellationToken, [.. MapSql.Values(filter), new NpgsqlParameter { Value = Vietnamese }, new NpgsqlParameter { Value = request.Count }, new NpgsqlParameter { Value = request.StartIndex }]);
        var total = rows.Count > 0 ? rows[0].Total : 0;
        return new(rows.ConvertAll(row => row.Site), total);
    }

    /// <summary>The chosen site of the filter; null where it is not there or not theirs.</summary>
    public async Task<SitePanelModel?> PanelAsync(MapFilter filter, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new SitePanelQuery(db.Connection, Vietnamese, PortalDay.Of(clock), await LoginAsync() == Login.Guest).RunAsync(filter, cancel);
    }

    /// <summary>The parameter of the filter at the chosen site, or the deciding one; null without values.</summary>
    public async Task<ChartSeries?> SeriesAsync(MapFilter filter, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new SeriesQuery(db.Connection, Vietnamese, PortalDay.Of(clock)).RunAsync(filter, cancel);
    }

    /// <summary>The chain behind one result; null where it is not there or not theirs.</summary>
    public async Task<WhyChain?> WhyAsync(MapFilter filter, long result, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new WhyQuery(db.Connection, Vietnamese).RunAsync(filter, result, cancel);
    }

    private async Task<Login> LoginAsync() => (await current.GetAsync()).Login;

    /// <summary>How the limit of one result was found; null where it is not there or not theirs.</summary>
    public async Task<Explanation?> LimitWhyAsync(string view, long result, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new LimitReasoning(db.Connection, PortalDay.Of(clock)).OfAsync(result, view, cancel);
    }

    /// <summary>How the index of the chosen site's event came about; null where it is not there, not theirs, or the medium has no index.</summary>
    public async Task<Explanation?> IndexWhyAsync(string view, EventKey shown, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new EventExplanation(db.Connection, PortalDay.Of(clock)).OfAsync(shown.Site, shown.Medium, shown.Group, shown.Campaign, view, cancel);
    }

    private static bool Vietnamese => Language.Current == "vi";

    private async Task<PortalDb> OpenAsync(CancellationToken cancel)
    {
        var access = await current.GetAsync();
        access.Demand(Capability.SeeMap);
        return await database.OpenAsync(access, cancel);
    }

    /// <summary>Five columns: index, value, class, its name and its colour; the last two null for the classes of the worst ratio.</summary>
    internal static Fill FillOf(NpgsqlDataReader row, int at) => new(
        row.GetString(at), row.GetString(at) == Fill.WorstRatio || row.IsDBNull(at + 1) ? null : (int)row.GetDecimal(at + 1), row.GetString(at + 2),
        Text(row, at + 3), Text(row, at + 4) ?? Bands.Colour(row.GetString(at + 2)));

    private static Choice AsChoice(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task<List<CampaignStep>> StepsAsync(NpgsqlConnection connection, MapFilter filter, CancellationToken cancel)
    {
        // The slider offers all campaigns of the filter, also while one of them is chosen.
        var steps = await connection.ListAsync(StepsSql,
            row => new CampaignStep(row.GetString(0), row.GetString(1), new Period(row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetString(4)),
                row.GetInt32(5), row.GetInt32(6)),
            cancel, [.. MapSql.Values(filter with { Campaign = null }), new NpgsqlParameter { Value = Vietnamese }, new NpgsqlParameter { Value = MostSteps }]);
        steps.Reverse();
        return steps;
    }

    // A campaign samples one medium for one group, so a status of it is a site.
    private const string StepsSql =
        """
        SELECT c.code, CASE WHEN $8 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, c.period_start, c.period_end,
            CASE WHEN c.period_start = date_trunc('quarter', c.period_start)::date AND c.period_end = (date_trunc('quarter', c.period_start) + interval '3 months - 1 day')::date
                 THEN 'quarter' WHEN c.period_end - c.period_start > 360 THEN 'year' ELSE 'day' END,
            count(*)::int, (count(*) FILTER (WHERE st.verdict = 'exceeds'))::int
        FROM site_status st
        JOIN campaign c ON c.id = st.campaign_id
        JOIN site s ON s.id = st.site_id
        WHERE st.view = $1 AND ($2::text IS NULL OR st.medium = $2) AND ($3::text IS NULL OR st.data_group = $3)
          AND ($4::text IS NULL OR s.owner_id = (SELECT id FROM organisation WHERE code = $4))
          AND ($5::text IS NULL OR EXISTS (SELECT FROM site_unit inside WHERE inside.site_id = s.id AND inside.unit = $5))
          AND ($6::text IS NULL OR c.code = $6)
          AND ($7::text IS NULL OR s.search LIKE '%' || portal_fold($7) || '%')
        GROUP BY c.id
        ORDER BY c.period_end DESC, c.code DESC
        LIMIT $9
        """;

    /// <summary>A slice of the list: $1 to $7 as in <see cref="MapSql"/>, $8 whether names are Vietnamese, $9 how many, $10 after how many.</summary>
    internal static string ListQuery(Login login, MapFilter filter) => MapSql.Shown(login, filter) + ListSql;

    private const string ListSql =
        """
        SELECT (count(*) OVER ())::int, shown.code, CASE WHEN $8 OR shown.name_en = '' THEN shown.name_vi ELSE shown.name_en END, shown.medium,
            shown.verdict, shown.ratio_class, CASE WHEN $8 THEN p.name_vi ELSE p.name_en END, shown.worst_ratio, shown.period_end
        FROM shown
        LEFT JOIN parameter p ON p.code = shown.worst_parameter
        ORDER BY shown.rank DESC, shown.worst_ratio DESC NULLS LAST, shown.code
        LIMIT $9 OFFSET $10
        """;
}

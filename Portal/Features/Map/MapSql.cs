using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The sites under a filter, each with its worst visible status and what fills its mark: the one query behind layer, list and legend.</summary>
internal static class MapSql
{
    /// <summary>Rows of <c>shown</c>: one for each site. $1 view, $2 medium, $3 group, $4 organisation, $5 area, $6 campaign, $7 words.</summary>
    /// <remarks>An area finds what lies in it, or lay in it while it was in being, with all its records, whatever the land was called on their day.
    /// Sites without any status are shown where the filter does not ask for one. How the newest status is found depends on the login:
    /// it is marked for who sees everything and for guests, and looked up for who sees by scope. <c>index_code</c> is the scale, the same in all rows.</remarks>
    public static string Shown(Login login, MapFilter filter) => Picked + (filter.Campaign is not null ? OfCampaign : login switch
    {
        Login.Province => Newest,
        Login.Guest => NewestReleased,
        _ => NewestSeen,
    }) + Worst + filter.ShownFill switch
    {
        MapFilter.ByIndex => ByIndex,
        MapFilter.ByCcme => ByCcme,
        _ => ByLimits,
    } + Seen;

    private const string Picked =
        """
        WITH picked AS MATERIALIZED (
            SELECT s.id, s.code, s.name_vi, s.name_en, s.kind
            FROM site s
            WHERE ($4::text IS NULL OR s.owner_id = (SELECT id FROM organisation WHERE code = $4))
              AND ($5::text IS NULL OR EXISTS (SELECT FROM site_unit inside WHERE inside.site_id = s.id AND inside.unit = $5))
              AND ($7::text IS NULL OR s.search LIKE '%' || portal_fold($7) || '%')
        ), newest AS (

        """;

    private const string OfCampaign =
        """
            SELECT st.* FROM site_status st
            WHERE st.campaign_id = (SELECT id FROM campaign WHERE code = $6) AND st.view = $1
              AND ($2::text IS NULL OR st.medium = $2) AND ($3::text IS NULL OR st.data_group = $3)

        """;

    private const string Newest =
        """
            SELECT st.* FROM site_status st
            WHERE st.newest AND st.view = $1 AND $6::text IS NULL
              AND ($2::text IS NULL OR st.medium = $2) AND ($3::text IS NULL OR st.data_group = $3)

        """;

    private const string NewestReleased =
        """
            SELECT st.* FROM site_status st
            WHERE st.newest_released AND st.view = $1 AND $6::text IS NULL
              AND ($2::text IS NULL OR st.medium = $2) AND ($3::text IS NULL OR st.data_group = $3)

        """;

    // A status belongs to a medium and group that some programme watches at its site, so the newest of each that is seen is one step
    // into the index, however many campaigns there were.
    private const string NewestSeen =
        """
            SELECT st.*
            FROM (
                SELECT DISTINCT ps.site_id, p.medium, p.data_group
                FROM programme_site ps
                JOIN programme p ON p.id = ps.programme_id
                JOIN picked ON picked.id = ps.site_id
                WHERE ($2::text IS NULL OR p.medium = $2) AND ($3::text IS NULL OR p.data_group = $3) AND $6::text IS NULL
            ) AS watched
            CROSS JOIN LATERAL (
                SELECT *
                FROM site_status st
                WHERE st.view = $1 AND st.site_id = watched.site_id AND st.medium = watched.medium AND st.data_group = watched.data_group
                ORDER BY st.period_end DESC, st.campaign_id DESC
                LIMIT 1) AS st

        """;

    private const string Worst =
        """
        ), worst AS (
            SELECT DISTINCT ON (site_id) *, array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], verdict) AS rank
            FROM newest
            ORDER BY site_id, array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], verdict) DESC,
                worst_ratio DESC NULLS LAST, period_end DESC, medium, data_group
        ), shown AS (
            SELECT picked.*, worst.medium, worst.data_group, worst.campaign_id, coalesce(worst.verdict, 'no limit') AS verdict,
                coalesce(worst.ratio_class, 'none') AS ratio_class, worst.worst_parameter, worst.worst_ratio,
                worst.period_end, coalesce(worst.rank, 0) AS rank, worst.standard,

        """;

    private const string ByLimits =
        """
                'worst-ratio' AS index_code, NULL::numeric AS index_value, coalesce(worst.ratio_class, 'none') AS band
            FROM picked

        """;

    // Of the day there may be two legal indices under one filter, the older and the newer: the one of most sites is the scale, the others are without it.
    // Where none has one, the class of the worst ratio is.
    private const string ByIndex =
        """
                coalesce(scale.code, 'worst-ratio') AS index_code, CASE WHEN worst.index_code = scale.code THEN worst.index_value END AS index_value,
                coalesce(CASE WHEN scale.code IS NULL THEN worst.ratio_class WHEN worst.index_code = scale.code THEN worst.band END, 'none') AS band
            FROM picked
            CROSS JOIN (SELECT mode() WITHIN GROUP (ORDER BY index_code) AS code FROM worst WHERE index_code <> 'worst-ratio') AS scale

        """;

    private const string ByCcme =
        """
                'ccme-wqi' AS index_code, worst.ccme_value::numeric AS index_value, coalesce(worst.ccme_band, 'none') AS band
            FROM picked

        """;

    private const string Seen =
        """
            LEFT JOIN worst ON worst.site_id = picked.id
            WHERE worst.site_id IS NOT NULL OR ($2::text IS NULL AND $3::text IS NULL AND $6::text IS NULL)
        )

        """;

    /// <summary>The values of $1 to $7.</summary>
    public static NpgsqlParameter[] Values(MapFilter filter) =>
    [
        Text(filter.View), Text(filter.Medium), Text(filter.Group), Text(filter.Organisation), Text(filter.Area), Text(filter.Campaign),
        // % and _ of the reader are letters, not wildcards.
        Text(filter.Text?.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)),
    ];

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

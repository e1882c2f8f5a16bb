using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>Outlines of communes or districts beside what is there: the older outline, else the register.</summary>
public sealed class CompareUnits(PortalDatabase database, TimeProvider clock)
{
    /// <param name="geometries">Code of the unit to GeoJSON in WGS84.</param>
    public async Task<UnitsComparison> RunAsync(
        Domain.Access.Access access, IReadOnlyDictionary<string, string> geometries, bool vietnamese, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        var (codes, areas) = (geometries.Keys.ToArray(), geometries.Values.ToArray());
        var units = await db.Connection.ListAsync(Given + UnitsSql,
            row => new UnitComparison(row.GetString(0), row.IsDBNull(1) ? null : row.GetDouble(1), row.GetDouble(2), row.GetInt32(3), row.GetInt32(4)),
            cancel, codes, areas);
        var moves = await db.Connection.ListAsync(Given + MovesSql,
            row => new SiteMove(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)),
            cancel, codes, areas, vietnamese, PortalDay.Of(clock));
        return new(units, moves, moves.Count(move => move.To is null));
    }

    // Where sites lie by the new outlines: as the database will have it, position by position while the unit is in being.
    private const string Given =
        """
        WITH given AS MATERIALIZED (
            SELECT u.code, u.kind, u.valid, u.area AS old, ST_SetSRID(ST_GeomFromGeoJSON(t.area), 4326) AS new
            FROM unnest($1::text[], $2::text[]) AS t(code, area) JOIN administrative_unit u ON u.code = t.code
        ), before AS MATERIALIZED (
            SELECT DISTINCT i.site_id, i.unit FROM site_unit i WHERE i.unit = ANY ($1)
        ), after AS MATERIALIZED (
            SELECT DISTINCT p.site_id, given.code AS unit FROM given JOIN site_position p ON p.valid && given.valid AND ST_Covers(given.new, p.point)
        )

        """;

    private const string UnitsSql =
        """
        SELECT code, ST_Area(old::geography) / 1e6, ST_Area(new::geography) / 1e6,
            (SELECT count(*)::int FROM before WHERE unit = code), (SELECT count(*)::int FROM after WHERE unit = code)
        FROM given ORDER BY code
        """;

    // Units that are not in the file keep their sites; where no outline covers a site any more, a register unit without an outline holds it again.
    private const string MovesSql =
        """
        , touched AS (
            SELECT site_id, kind FROM (SELECT * FROM before UNION SELECT * FROM after) AS held JOIN given ON given.code = held.unit GROUP BY site_id, kind
        ), drawn_after AS (
            SELECT after.site_id, given.kind, after.unit FROM after JOIN given ON given.code = after.unit
            UNION
            SELECT i.site_id, u.kind, i.unit FROM site_unit i JOIN administrative_unit u ON u.code = i.unit WHERE i.by_area AND NOT i.unit = ANY ($1)
        ), moved AS (
            SELECT touched.site_id,
                (SELECT min(i.unit) FROM site_unit i JOIN administrative_unit u ON u.code = i.unit WHERE i.site_id = touched.site_id AND u.kind = touched.kind) AS old,
                coalesce(
                    (SELECT min(unit) FROM drawn_after WHERE drawn_after.site_id = touched.site_id AND drawn_after.kind = touched.kind),
                    (SELECT u.code FROM site JOIN administrative_unit u ON u.code IN (site.commune, site.district) AND u.kind = touched.kind
                     WHERE site.id = touched.site_id AND u.area IS NULL AND NOT u.code = ANY ($1))) AS new
            FROM touched
        )
        SELECT site.code, CASE WHEN $3 OR site.name_en = '' THEN site.name_vi ELSE site.name_en END,
            (SELECT CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n
             WHERE n.unit = moved.old ORDER BY n.valid @> $4 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1),
            (SELECT CASE WHEN $3 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n
             WHERE n.unit = moved.new ORDER BY n.valid @> $4 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1)
        FROM moved JOIN site ON site.id = moved.site_id
        WHERE moved.old IS DISTINCT FROM moved.new
        ORDER BY site.code
        LIMIT 1000
        """;
}

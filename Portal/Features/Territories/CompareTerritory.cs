using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>A proposed territory beside what the organisation has today.</summary>
public sealed class CompareTerritory(PortalDatabase database, TimeProvider clock)
{
    public async Task<TerritoryComparison> RunAsync(Domain.Access.Access access, string organisation, TerritoryProposal proposal, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync(Sql, row => new TerritoryComparison(
                row.IsDBNull(0) ? null : row.GetDouble(0), row.IsDBNull(1) ? null : row.GetDouble(1), row.GetInt32(2), row.GetInt32(3),
                row.GetFieldValue<string[]>(4), row.GetFieldValue<string[]>(5)),
            cancel, organisation, PortalDay.Of(clock), new[] { proposal.Name, proposal.Ended }.OfType<string>().ToArray(), proposal.Add.ToArray(), proposal.Remove.ToArray(),
            new Npgsql.NpgsqlParameter { Value = (object?)proposal.Geometry ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text })).Single();
    }

    // $1 organisation, $2 today, $3 names of areas that go or are replaced, $4 and $5 communes that come and go, $6 a new area.
    private const string Sql =
        """
        WITH units AS MATERIALIZED (
            SELECT u.code, u.kind, u.area
            FROM administrative_unit u
            WHERE u.code IN (
                SELECT t.unit FROM organisation_territory t JOIN organisation o ON o.id = t.organisation_id WHERE o.code = $1 AND t.valid @> $2 AND NOT t.unit = ANY ($5)
                UNION
                SELECT unnest($4::text[]))
        ), drawn AS MATERIALIZED (
            SELECT a.area FROM organisation_area a JOIN organisation o ON o.id = a.organisation_id WHERE o.code = $1 AND a.valid @> $2 AND NOT a.name = ANY ($3)
            UNION ALL
            SELECT ST_SetSRID(ST_GeomFromGeoJSON($6), 4326) WHERE $6 IS NOT NULL
        ), before AS MATERIALIZED (
            SELECT DISTINCT v.site_id FROM visible v JOIN organisation o ON o.id = v.organisation_id WHERE o.code = $1 AND v.rule = 'territory' AND v.valid @> $2
        ), after AS MATERIALIZED (
            SELECT p.site_id FROM drawn JOIN site_position p ON p.valid @> $2 AND ST_Covers(drawn.area, p.point)
            UNION
            SELECT i.site_id FROM units JOIN site_unit i ON i.unit = units.code
            UNION
            SELECT id FROM site WHERE EXISTS (SELECT FROM units WHERE kind = 'province')
        ), province AS MATERIALIZED (
            -- Known only once each commune of today has its outline.
            SELECT ST_Union(area) AS area FROM administrative_unit WHERE kind = 'commune' AND valid @> $2 HAVING count(*) > 0 AND count(*) = count(area)
        ), covered AS MATERIALIZED (
            SELECT ST_Union(area) AS area FROM (SELECT area FROM drawn UNION ALL SELECT area FROM units WHERE area IS NOT NULL) AS parts
        )
        SELECT (SELECT ST_Area(ST_SetSRID(ST_GeomFromGeoJSON($6), 4326)::geography) / 1e6 WHERE $6 IS NOT NULL),
            (SELECT CASE
                WHEN EXISTS (SELECT FROM units WHERE kind = 'province') THEN 1.0::float8
                WHEN EXISTS (SELECT FROM units WHERE area IS NULL) THEN NULL
                WHEN covered.area IS NULL THEN 0.0::float8
                ELSE ST_Area(ST_Intersection(covered.area, province.area)::geography) / ST_Area(province.area::geography) END
             FROM province, covered),
            (SELECT count(*)::int FROM after), (SELECT count(*)::int FROM site),
            (SELECT coalesce(array_agg(code ORDER BY code), '{}') FROM site WHERE id IN (SELECT site_id FROM after EXCEPT SELECT site_id FROM before)),
            (SELECT coalesce(array_agg(code ORDER BY code), '{}') FROM site WHERE id IN (SELECT site_id FROM before EXCEPT SELECT site_id FROM after))
        """;
}

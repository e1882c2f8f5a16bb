using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>What the page of territories asks for.</summary>
public sealed class TerritoriesData(PortalDatabase database, FileStore files, TimeProvider clock)
{
    // For the eye: some thirty metres.
    private const double Coarse = 0.0003;

    /// <summary>Communes and former districts, by name.</summary>
    public async Task<IReadOnlyList<UnitOfRegister>> UnitsAsync(Domain.Access.Access access, bool vietnamese, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT u.code, u.kind,
                (array_agg(CASE WHEN $1 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END ORDER BY lower(n.valid) DESC NULLS LAST))[1] AS name,
                array_agg(n.name_vi), CASE WHEN upper(u.valid) <= $2 THEN upper(u.valid) - 1 END, u.area IS NOT NULL
            FROM administrative_unit u JOIN administrative_unit_name n ON n.unit = u.code
            WHERE u.kind IN ('commune', 'district')
            GROUP BY u.code ORDER BY u.kind, name, u.code
            """,
            row => new UnitOfRegister(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3), Day(row, 4), row.GetBoolean(5)),
            cancel, vietnamese, PortalDay.Of(clock));
    }

    /// <summary>State bodies, by name: who has a territory.</summary>
    public async Task<IReadOnlyList<OrganisationChoice>> OrganisationsAsync(Domain.Access.Access access, bool vietnamese, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT o.code, CASE WHEN $1 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END AS name, o.kind
            FROM organisation o JOIN organisation_name n ON n.organisation_id = o.id AND n.valid @> $2
            WHERE o.kind NOT IN ('facility', 'parent', 'public') ORDER BY o.kind = 'commune', name, o.code LIMIT 500
            """,
            row => new OrganisationChoice(row.GetString(0), row.GetString(1), row.GetString(2)), cancel, vietnamese, PortalDay.Of(clock));
    }

    /// <summary>Of what the territory of an organisation is made today; null where there is none of that code.</summary>
    public async Task<TerritoryNow?> TerritoryAsync(Domain.Access.Access access, string organisation, bool vietnamese, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        var today = PortalDay.Of(clock);
        var (name, sites) = (await db.Connection.ListAsync(
            """
            SELECT coalesce((SELECT CASE WHEN $2 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM organisation_name n
                    WHERE n.organisation_id = o.id ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), o.code),
                (SELECT count(DISTINCT v.site_id)::int FROM visible v WHERE v.organisation_id = o.id AND v.rule = 'territory' AND v.valid @> $3)
            FROM organisation o WHERE o.code = $1
            """, row => (row.GetString(0), row.GetInt32(1)), cancel, organisation, vietnamese, today)).FirstOrDefault();
        if (name is null)
            return null;
        var units = await db.Connection.ListAsync(
            """
            SELECT t.unit, u.kind, (SELECT CASE WHEN $2 OR n.name_en = '' THEN n.name_vi ELSE n.name_en END FROM administrative_unit_name n
                WHERE n.unit = u.code ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) AS name
            FROM organisation_territory t JOIN organisation o ON o.id = t.organisation_id JOIN administrative_unit u ON u.code = t.unit
            WHERE o.code = $1 AND t.valid @> $3 ORDER BY name, t.unit
            """, row => (Code: row.GetString(0), Kind: row.GetString(1), Name: row.GetString(2)), cancel, organisation, vietnamese, today);
        var areas = await db.Connection.ListAsync(
            """
            SELECT a.name, ST_Area(a.area::geography) / 1e6, ST_AsGeoJSON(a.area, 9, 0), ST_NPoints(a.area) - ST_NRings(a.area), lower(a.valid)
            FROM organisation_area a JOIN organisation o ON o.id = a.organisation_id WHERE o.code = $1 AND a.valid @> $2 ORDER BY a.name
            """, row => new DrawnArea(row.GetString(0), row.GetDouble(1), row.GetString(2), row.GetInt32(3), Day(row, 4)), cancel, organisation, today);
        return new(organisation, name, units.Where(unit => unit.Kind != "province").Select(unit => (unit.Code, unit.Name)).ToList(), areas,
            units.Exists(unit => unit.Kind == "province"), sites);
    }

    /// <summary>Reads a file that was handed in; null where there is none.</summary>
    public async Task<AreaReading?> ReadAsync(Domain.Access.Access access, Scan file, AreaCrs? crs, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        // Its hash comes back from the browser.
        return file.Sha256.Length == 64 && await db.Connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM stored_file WHERE sha256 = $1)", cancel, file.Sha256)
            ? await AreaFile.ReadAsync(db.Connection, files.PathOf(file.Sha256), file.Name, crs, cancel)
            : null;
    }

    /// <summary>Reads corners that were typed.</summary>
    public async Task<AreaReading> ReadAsync(Domain.Access.Access access, IReadOnlyList<(double X, double Y)> corners, AreaCrs crs, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await AreaFile.ReadAsync(db.Connection, corners, crs, cancel);
    }

    /// <summary>Reads what was drawn on the map.</summary>
    public async Task<AreaReading> ReadDrawnAsync(Domain.Access.Access access, string geometry, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await AreaFile.ReadTextAsync(db.Connection, geometry, AreaCrs.Wgs84, cancel);
    }

    /// <summary>Several areas as one.</summary>
    public async Task<string> UniteAsync(Domain.Access.Access access, IReadOnlyList<string> geometries, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ScalarAsync<string>(
            "SELECT ST_AsGeoJSON(ST_Multi(ST_CollectionExtract(ST_Union(ST_GeomFromGeoJSON(area)), 3)), 9, 0) FROM unnest($1::text[]) AS t(area)",
            cancel, (object)geometries.ToArray()))!;
    }

    /// <summary>A collection for the map: the outlines of units (old, or faint where they are only about), and new ones, all made coarser.</summary>
    /// <param name="units">Codes of units whose present outline is shown.</param>
    /// <param name="role">What the map is to draw those as: old or faint.</param>
    public async Task<string> ShapesAsync(
        Domain.Access.Access access, IReadOnlyList<string> units, string role, IReadOnlyList<(string Role, string Geometry)> others, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ScalarAsync<string>(
            """
            SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
                'type', 'Feature', 'properties', json_build_object('role', role), 'geometry', ST_AsGeoJSON(ST_SimplifyPreserveTopology(area, $5), 5, 0)::json)), '[]'::json))::text
            FROM (
                SELECT $2::text AS role, area FROM administrative_unit WHERE code = ANY ($1) AND area IS NOT NULL
                UNION ALL
                SELECT role, ST_GeomFromGeoJSON(text) FROM unnest($3::text[], $4::text[]) AS t(role, text)) AS shown
            """,
            cancel, units.ToArray(), role, others.Select(other => other.Role).ToArray(), others.Select(other => other.Geometry).ToArray(), Coarse))!;
    }

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}

using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What one document changes in territories and assigned lists, in the caller's transaction.</summary>
internal sealed class TerritoryActs(NpgsqlConnection connection, int change, DateOnly day, string document, CancellationToken cancel)
{
    public async Task<ChangeOutcome?> UnitsAsync(int organisation, ChangeUnits units)
    {
        foreach (var unit in units.Remove)
        {
            await connection.ExecuteAsync("DELETE FROM organisation_territory WHERE organisation_id = $1 AND unit = $2 AND lower(valid) = $3", cancel, organisation, unit, day);
            await connection.ExecuteAsync(
                "UPDATE organisation_territory SET valid = daterange(lower(valid), $3), ended_by = $4, origin = 'local' WHERE organisation_id = $1 AND unit = $2 AND valid @> $3",
                cancel, organisation, unit, day, change);
        }
        foreach (var unit in units.Add)
        {
            var added = await connection.ExecuteAsync(
                """
                INSERT INTO organisation_territory (organisation_id, unit, valid, change_id)
                SELECT $1, u.code, daterange($3, (SELECT min(lower(valid)) FROM organisation_territory WHERE organisation_id = $1 AND unit = $2 AND lower(valid) > $3)), $4
                FROM administrative_unit u WHERE u.code = $2
                """, cancel, organisation, unit, day, change);
            if (added == 0)
                return ChangeOutcome.Refused(OrganisationFault.UnitUnknown, unit);
        }
        return null;
    }

    public async Task<ChangeOutcome?> DrawAsync(int organisation, DrawArea draw)
    {
        if (string.IsNullOrWhiteSpace(draw.Name))
            return ChangeOutcome.Refused(OrganisationFault.AreaWrong, draw.Name);
        await CloseAreaAsync(organisation, draw.Name.Trim());
        await connection.ExecuteAsync(
            """
            INSERT INTO organisation_area (organisation_id, name, area, valid, source, change_id)
            VALUES ($1, $2, ST_Multi(ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON($3), 4326))),
                daterange($4, (SELECT min(lower(valid)) FROM organisation_area WHERE organisation_id = $1 AND name = $2 AND lower(valid) > $4)), $5, $6)
            """, cancel, organisation, draw.Name.Trim(), draw.Geometry, day, document, change);
        return null;
    }

    public async Task<ChangeOutcome?> EndAsync(int organisation, EndArea end) =>
        await CloseAreaAsync(organisation, end.Name) == 0 ? ChangeOutcome.Refused(OrganisationFault.AreaWrong, end.Name) : null;

    private async Task<int> CloseAreaAsync(int organisation, string name) =>
        await connection.ExecuteAsync("DELETE FROM organisation_area WHERE organisation_id = $1 AND name = $2 AND lower(valid) = $3", cancel, organisation, name, day)
        + await connection.ExecuteAsync(
            "UPDATE organisation_area SET valid = daterange(lower(valid), $3), ended_by = $4, origin = 'local' WHERE organisation_id = $1 AND name = $2 AND valid @> $3",
            cancel, organisation, name, day, change);

    public async Task<ChangeOutcome?> AssignAsync(int organisation, AssignList assign)
    {
        var list = await connection.ScalarAsync<int>("SELECT id FROM site_list WHERE name_vi = $1", cancel, assign.List);
        if (list == 0)
            return ChangeOutcome.Refused(OrganisationFault.ListUnknown, assign.List);
        if (assign.Assigned)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO organisation_list (organisation_id, list_id, valid, change_id)
                VALUES ($1, $2, daterange($3, (SELECT min(lower(valid)) FROM organisation_list WHERE organisation_id = $1 AND list_id = $2 AND lower(valid) > $3)), $4)
                """, cancel, organisation, list, day, change);
            return null;
        }
        var ended = await connection.ExecuteAsync("DELETE FROM organisation_list WHERE organisation_id = $1 AND list_id = $2 AND lower(valid) = $3", cancel, organisation, list, day)
            + await connection.ExecuteAsync(
                "UPDATE organisation_list SET valid = daterange(lower(valid), $3), ended_by = $4 WHERE organisation_id = $1 AND list_id = $2 AND valid @> $3",
                cancel, organisation, list, day, change);
        return ended == 0 ? ChangeOutcome.Refused(OrganisationFault.AlreadySo, assign.Code) : null;
    }

    public async Task<ChangeOutcome?> ListAsync(ChangeList list)
    {
        if (string.IsNullOrWhiteSpace(list.List))
            return ChangeOutcome.Refused(OrganisationFault.NameMissing, list.List);
        var unknown = await connection.ScalarAsync<string>(
            "SELECT wanted FROM unnest($1) AS wanted WHERE NOT EXISTS (SELECT FROM site WHERE code = wanted) LIMIT 1", cancel, Codes([.. list.Add, .. list.Remove]));
        if (unknown is not null)
            return ChangeOutcome.Refused(OrganisationFault.SiteUnknown, unknown);
        await connection.ExecuteAsync(
            "INSERT INTO site_list (name_vi, document, origin, change_id) VALUES ($1, $2, 'local', $3) ON CONFLICT DO NOTHING", cancel, list.List.Trim(), document, change);
        var id = await connection.ScalarAsync<int>("SELECT id FROM site_list WHERE name_vi = $1", cancel, list.List.Trim());
        var changed = await connection.ExecuteAsync(
            "DELETE FROM site_list_item WHERE list_id = $1 AND lower(valid) = $3 AND site_id IN (SELECT id FROM site WHERE code = ANY ($2))", cancel, id, Codes(list.Remove), day)
            + await connection.ExecuteAsync(
                """
                UPDATE site_list_item SET valid = daterange(lower(valid), $3), ended_by = $4
                WHERE list_id = $1 AND valid @> $3 AND site_id IN (SELECT id FROM site WHERE code = ANY ($2))
                """, cancel, id, Codes(list.Remove), day, change)
            + await connection.ExecuteAsync(
                """
                INSERT INTO site_list_item (list_id, site_id, valid, change_id)
                SELECT $1, s.id, daterange($3, (SELECT min(lower(i.valid)) FROM site_list_item i WHERE i.list_id = $1 AND i.site_id = s.id AND lower(i.valid) > $3)), $4
                FROM site s WHERE s.code = ANY ($2)
                    AND NOT EXISTS (SELECT FROM site_list_item i WHERE i.list_id = $1 AND i.site_id = s.id AND i.valid @> $3)
                """, cancel, id, Codes(list.Add), day, change);
        return changed == 0 ? ChangeOutcome.Refused(OrganisationFault.AlreadySo, list.List) : null;
    }

    public async Task<ChangeOutcome?> DrawUnitsAsync(DrawUnits units)
    {
        foreach (var (unit, geometry) in units.Geometries)
        {
            if (!await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM administrative_unit WHERE code = $1)", cancel, unit))
                return ChangeOutcome.Refused(OrganisationFault.UnitUnknown, unit);
            if (!await connection.ScalarAsync<bool>("SELECT ST_IsValid(ST_GeomFromGeoJSON($1))", cancel, geometry))
                return ChangeOutcome.Refused(OrganisationFault.AreaWrong, unit);
        }
        // One statement for all, so that what is seen is computed once.
        await connection.ExecuteAsync(
            """
            UPDATE administrative_unit AS u SET area = ST_Multi(ST_Force2D(ST_SetSRID(ST_GeomFromGeoJSON(given.geometry), 4326))), area_change_id = $3
            FROM unnest($1, $2) AS given(code, geometry) WHERE u.code = given.code
            """, cancel, Codes(units.Geometries.Keys), Codes(units.Geometries.Values), change);
        return null;
    }

    /// <summary>Of an organisation that ends: its communes, areas and lists.</summary>
    public async Task LeaveAllAsync(int organisation)
    {
        foreach (var delete in new[]
        {
            "DELETE FROM organisation_territory WHERE organisation_id = $1 AND lower(valid) >= $2",
            "DELETE FROM organisation_area WHERE organisation_id = $1 AND lower(valid) >= $2",
            "DELETE FROM organisation_list WHERE organisation_id = $1 AND lower(valid) >= $2",
        })
            await connection.ExecuteAsync(delete, cancel, organisation, day);
        foreach (var end in new[]
        {
            "UPDATE organisation_territory SET valid = daterange(lower(valid), $2), ended_by = $3, origin = 'local' WHERE organisation_id = $1 AND valid @> $2",
            "UPDATE organisation_area SET valid = daterange(lower(valid), $2), ended_by = $3, origin = 'local' WHERE organisation_id = $1 AND valid @> $2",
            "UPDATE organisation_list SET valid = daterange(lower(valid), $2), ended_by = $3 WHERE organisation_id = $1 AND valid @> $2",
        })
            await connection.ExecuteAsync(end, cancel, organisation, day, change);
    }

    private static NpgsqlParameter Codes(IEnumerable<string> codes) => new() { Value = codes.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

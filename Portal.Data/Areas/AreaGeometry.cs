using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Areas;

/// <summary>Checks areas where they are and moves them to WGS84, as PROJ has it: forgetting the shift of the datum is a 224 m error.</summary>
internal sealed class AreaGeometry(NpgsqlConnection connection, AreaCrs crs)
{
    // Together some ten megabytes of text to the server at a time.
    private const int BatchCharacters = 10_000_000;

    public async Task<List<AreaFeature>> CheckAsync(IReadOnlyList<RawArea> areas, CancellationToken cancel)
    {
        var done = new List<AreaFeature>();
        while (done.Count < areas.Count)
        {
            var characters = 0;
            var batch = areas.Skip(done.Count).TakeWhile((area, index) => (characters += area.Geometry.Length) <= BatchCharacters || index == 0).ToList();
            done.AddRange(await CheckBatchAsync(batch, cancel));
        }
        return done;
    }

    private async Task<List<AreaFeature>> CheckBatchAsync(List<RawArea> batch, CancellationToken cancel)
    {
        var rows = await connection.ListAsync(Sql, row => new Checked(
            row.GetInt32(0), row.GetBoolean(1), Number(row, 2), Number(row, 3), Number(row, 4), Number(row, 5), Number(row, 6), Number(row, 7), row.GetBoolean(8),
            row.IsDBNull(9) ? "" : row.GetString(9)),
            cancel, batch.Select(area => area.Number).ToArray(), batch.Select(area => area.Geometry).ToArray(), (int)crs);
        if (rows.Find(row => !row.Valid) is { } crossing)
            throw new AreaException(AreaFault.CrossesItself, crossing.Number, crossing.X, crossing.Y);
        if (rows.Find(row => !row.Inside) is { } outside)
            throw new AreaException(AreaFault.OutsideProvince, outside.Number, outside.West, outside.East, outside.South, outside.North);
        return batch.Zip(rows, (area, row) => new AreaFeature(area.Number, area.Properties, row.Geometry)).ToList();
    }

    private static double Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private sealed record Checked(int Number, bool Valid, double X, double Y, double West, double East, double South, double North, bool Inside, string Geometry);

    // The turn of the rings is the only thing that is put right; RFC 7946 wants the outer one counterclockwise. The box is that of the base map.
    private const string Sql =
        """
        WITH given AS MATERIALIZED (
            SELECT number, ST_SetSRID(ST_Force2D(ST_GeomFromGeoJSON(text)), $3) AS area
            FROM unnest($1::int[], $2::text[]) AS t(number, text)
        ), judged AS MATERIALIZED (
            SELECT number, area, (detail).valid, (detail).location AS place
            FROM (SELECT number, area, ST_IsValidDetail(area) AS detail FROM given) AS t
        ), moved AS MATERIALIZED (
            SELECT number, valid, place, CASE WHEN valid THEN ST_ForcePolygonCCW(ST_Multi(ST_Transform(area, 4326))) END AS area FROM judged
        )
        SELECT number, valid AND coalesce(ST_IsValid(area), false) AND coalesce(ST_Area(area) > 0, false), ST_X(place), ST_Y(place),
            ST_XMin(area), ST_XMax(area), ST_YMin(area), ST_YMax(area),
            coalesce(ST_XMin(area) >= 106.0 AND ST_XMax(area) <= 108.6 AND ST_YMin(area) >= 20.3 AND ST_YMax(area) <= 22.0, true),
            ST_AsGeoJSON(area, 9, 0)
        FROM moved
        ORDER BY number
        """;
}

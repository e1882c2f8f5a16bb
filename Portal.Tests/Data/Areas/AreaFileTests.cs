using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Support;
using static QuanTrac.Portal.Tests.Data.Areas.AreaFiles;

namespace QuanTrac.Portal.Tests.Data.Areas;

/// <summary>Read with the login of the Department: what it may do is enough.</summary>
public sealed class AreaFileTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_GeoJsonInWgs84_IsTakenWithItsProperties()
    {
        var reading = await ReadAsync("xa.geojson", Collection(Feature(Square, """{"code":"06652","name":"Hà Tu","km2":37.6,"nothing":null}""")), AreaCrs.Wgs84);

        Assert.Null(reading.Problem);
        var area = Assert.Single(reading.Features);
        Assert.Equal(("06652", "Hà Tu", "37.6", 3), (area.Properties["code"], area.Properties["NAME"], area.Properties["km2"], area.Properties.Count));
        // 0.1° by 0.1° at 20.95° N: 10.4 km by 11.07 km.
        Assert.InRange(await KilometresAsync(area.Geometry), 114, 116.5);
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84")]
    [InlineData("urn:ogc:def:crs:EPSG::4326")]
    [InlineData("EPSG:4326")]
    public async Task Read_CrsMember_IsBelieved(string name) =>
        Assert.Equal(AreaCrs.Wgs84, (await ReadAsync("xa.json", WithCrs(Square, name), null)).Crs);

    [Fact]
    public async Task Read_PublishedPositions_FallWhereProjSays()
    {
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "crs-vectors.csv")).Skip(2))
        {
            var cells = line.Split(',');
            var (north, east, latitude, longitude) = (Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]));
            await using var connection = await database.OpenAsync(DatabaseRole.Province);
            var reading = await AreaFile.ReadAsync(connection, [(east, north), (east + 10, north), (east, north + 10)], AreaCrs.Vn2000, default);
            using var geometry = JsonDocument.Parse(Assert.Single(reading.Features).Geometry);
            var corner = geometry.RootElement.GetProperty("coordinates")[0][0][0];
            // Six decimals were printed: 0.1 m.
            Assert.InRange(corner[0].GetDouble(), longitude - 1.1e-6, longitude + 1.1e-6);
            Assert.InRange(corner[1].GetDouble(), latitude - 1.1e-6, latitude + 1.1e-6);
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Read_ClockwiseRing_IsTurned()
    {
        var reading = await ReadAsync("xa.json", Collection(Feature("[[[107.0,20.9],[107.0,21.0],[107.1,21.0],[107.1,20.9],[107.0,20.9]]]")), AreaCrs.Wgs84);
        Assert.True(await ScalarAsync<bool>("SELECT ST_IsPolygonCCW(ST_GeomFromGeoJSON($1))", Assert.Single(reading.Features).Geometry));
    }

    [Fact]
    public async Task Read_ShapefileInVn2000AndBack_IsTheSameWithinAMetre()
    {
        var geoJson = folder.Write("hinh.geojson", Collection(Feature(Square, """{"ten":"Khu vực Cái Lân"}""")));
        var reading = await ReadAsync("xa.zip", folder.Zip("xa.zip", folder.Shapefile(geoJson, "EPSG:5899")));

        Assert.Null(reading.Problem);
        Assert.Equal(AreaCrs.Vn2000, reading.Crs);
        var area = Assert.Single(reading.Features);
        Assert.Equal("Khu vực Cái Lân", area.Properties["ten"]);
        Assert.InRange(await MetresApartAsync(Polygon(Square), area.Geometry), 0, 1);
    }

    [Fact]
    public async Task Read_ShapefileInVn2000Degrees_IsMoved()
    {
        var geoJson = folder.Write("hinh.geojson", Collection(Feature(Square)));
        var reading = await ReadAsync("xa.zip", folder.Zip("xa.zip", folder.Shapefile(geoJson, "EPSG:4756")));
        Assert.Equal(AreaCrs.Vn2000Degrees, reading.Crs);
        Assert.InRange(await MetresApartAsync(Polygon(Square), Assert.Single(reading.Features).Geometry), 0, 1);
    }

    [Fact]
    public async Task Read_ShapefileWithoutPrj_AsksAndTakesTheAnswer()
    {
        var geoJson = folder.Write("hinh.geojson", Collection(Feature(Square)));
        var zip = folder.Zip("xa.zip", folder.Shapefile(geoJson, "EPSG:5899").Where(part => part.Key != ".prj"));
        Assert.Equal(AreaFault.CrsNotGiven, (await ReadAsync("xa.zip", zip)).Problem?.Fault);
        Assert.InRange(await MetresApartAsync(Polygon(Square), Assert.Single((await ReadAsync("xa.zip", zip, AreaCrs.Vn2000)).Features).Geometry), 0, 1);
    }

    [Fact]
    public async Task Read_Shapefile_LeavesNoFolderBehind()
    {
        var geoJson = folder.Write("hinh.geojson", Collection(Feature(Square)));
        var before = Folders();
        await ReadAsync("xa.zip", folder.Zip("xa.zip", folder.Shapefile(geoJson, "EPSG:5899")));
        await ReadAsync("hong.zip", folder.Zip("hong.zip", ("xa.shp", Text("no")), ("xa.shx", Text("no")), ("xa.dbf", Text("no"))));
        Assert.Empty(Folders().Except(before));

        static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "quantrac-areas-*");
    }

    [Theory]
    [InlineData("import-test-communes-2025.geojson", 54)]
    [InlineData("import-test-districts-2022-approx.geojson", 13)]
    public async Task Read_BoundariesOfTheProvince_ComeBackFromVn2000WithinAMetre(string name, int units)
    {
        var source = SharedData.OrSkip("geo", name);
        var direct = await ReadAsync(name, source, AreaCrs.Wgs84);
        Assert.Null(direct.Problem);
        Assert.Equal(units, direct.Features.Count);

        var back = await ReadAsync("xa.zip", folder.Zip("xa.zip", folder.Shapefile(source, "EPSG:5899")));
        Assert.Null(back.Problem);
        Assert.Equal(units, back.Features.Count);
        foreach (var (one, other) in direct.Features.Zip(back.Features))
            Assert.InRange(await MetresApartAsync(one.Geometry, other.Geometry), 0, 1);
    }

    private async Task<AreaReading> ReadAsync(string name, string textOrPath, AreaCrs? crs = null)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Province);
        return await AreaFile.ReadAsync(connection, textOrPath.StartsWith('{') ? folder.Write(name, textOrPath) : textOrPath, name, crs, default);
    }

    private static string WithCrs(string square, string name) =>
        $$$"""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"{{{name}}}"}},"features":[{{{Feature(square)}}}]}""";

    private static string Polygon(string coordinates) => $$"""{"type":"Polygon","coordinates":{{coordinates}}}""";

    private Task<double> KilometresAsync(string geometry) => ScalarAsync<double>("SELECT ST_Area(ST_GeomFromGeoJSON($1)::geography) / 1e6", geometry);

    // The greatest distance of a corner of one from the outline of the other, in metres of the zone.
    private Task<double> MetresApartAsync(string one, string other) => ScalarAsync<double>(
        """
        SELECT max(ST_Distance(corner.geom, outline))
        FROM (SELECT ST_Transform(ST_GeomFromGeoJSON($1), 5899) AS a, ST_Transform(ST_GeomFromGeoJSON($2), 5899) AS b) AS t
        CROSS JOIN LATERAL (VALUES (a, ST_Boundary(b)), (b, ST_Boundary(a))) AS pair(area, outline)
        CROSS JOIN LATERAL (SELECT geom FROM ST_DumpPoints(pair.area) LIMIT 3000) AS corner
        """, one, other);

    private async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Province);
        return (await connection.ScalarAsync<T>(sql, default, values))!;
    }
}

using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Tests.Support;
using static QuanTrac.Portal.Tests.Data.Areas.AreaFiles;

namespace QuanTrac.Portal.Tests.Data.Areas;

/// <summary>Files that are refused, each for its reason.</summary>
public sealed class AreaFaultTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private const string OtherPrj = """PROJCS["VN_2000_KTT_107_30",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",107.5],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]""";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("xin chào", AreaFault.Broken)]
    [InlineData("""{"type":"FeatureCollection"}""", AreaFault.Broken)]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", AreaFault.Empty)]
    [InlineData("""{"type":"FeatureCollection","features":[7]}""", AreaFault.Broken)]
    [InlineData("""{"type":"Feature","properties":{},"geometry":null}""", AreaFault.NotPolygon)]
    [InlineData("""{"type":"Point","coordinates":[107,21]}""", AreaFault.NotPolygon)]
    [InlineData("""{"type":"Topology","objects":{}}""", AreaFault.NotPolygon)]
    [InlineData("""{"type":"Polygon","coordinates":[[[107,20.9],[107.1,20.9],[107.1,21]]]}""", AreaFault.RingWrong)]
    [InlineData("""{"type":"Polygon","coordinates":[[[107,20.9],[107.1,20.9],[107.1,21],[107,21]]]}""", AreaFault.RingWrong)]
    [InlineData("""{"type":"Polygon","coordinates":[[["107",20.9],[107.1,20.9],[107.1,21],["107",20.9]]]}""", AreaFault.RingWrong)]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", AreaFault.RingWrong)]
    // Four corners on one line enclose nothing.
    [InlineData("""{"type":"Polygon","coordinates":[[[107,20.9],[107.1,20.9],[107.2,20.9],[107,20.9]]]}""", AreaFault.CrossesItself)]
    public async Task Read_BadGeoJson_IsRefused(string text, AreaFault fault) => Assert.Equal(fault, (await ReadAsync("xa.json", text, AreaCrs.Wgs84)).Fault);

    [Fact]
    public async Task Read_BowTie_NamesFeatureAndCrossing()
    {
        // The lines from (107, 20.9) to (107.1, 21) and from (107.1, 20.9) to (107, 21) cross in the middle.
        var problem = await ReadAsync("xa.json", Collection(Feature(Square), Feature("[[[107.0,20.9],[107.1,21.0],[107.1,20.9],[107.0,21.0],[107.0,20.9]]]")), AreaCrs.Wgs84);
        Assert.Equal(AreaFault.CrossesItself, problem.Fault);
        Assert.Equal((2, 107.05, 20.95), ((int)problem.Facts[0], Math.Round((double)problem.Facts[1], 6), Math.Round((double)problem.Facts[2], 6)));
    }

    [Theory]
    [InlineData(null, AreaFault.CrsNotGiven)]
    [InlineData(AreaCrs.Vn2000, AreaFault.Degrees)]
    public async Task Read_DegreesWithoutOrAgainstAStatement_IsRefused(AreaCrs? crs, AreaFault fault) =>
        Assert.Equal(fault, (await ReadAsync("xa.json", Collection(Feature(Square)), crs)).Fault);

    [Theory]
    // Metres of the zone at Hạ Long: east 430 km, north 2,310 km.
    [InlineData("[[[430000,2310000],[431000,2310000],[431000,2311000],[430000,2310000]]]", AreaCrs.Wgs84, AreaFault.Metres)]
    [InlineData("[[[2310000,430000],[2311000,430000],[2311000,431000],[2310000,430000]]]", AreaCrs.Vn2000, AreaFault.AxesSwapped)]
    [InlineData("[[[20.9,107.0],[20.9,107.1],[21.0,107.1],[20.9,107.0]]]", AreaCrs.Wgs84, AreaFault.AxesSwapped)]
    // Huế.
    [InlineData("[[[107.5,16.4],[107.6,16.4],[107.6,16.5],[107.5,16.4]]]", AreaCrs.Wgs84, AreaFault.OutsideProvince)]
    public async Task Read_NumbersThatContradict_AreRefused(string coordinates, AreaCrs crs, AreaFault fault) =>
        Assert.Equal(fault, (await ReadAsync("xa.json", Collection(Feature(coordinates)), crs)).Fault);

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::5898", null, AreaFault.OtherZone, "TM-3 108°00'")]
    [InlineData("urn:ogc:def:crs:EPSG::3405", null, AreaFault.OtherZone, "UTM 48N")]
    [InlineData("urn:ogc:def:crs:EPSG::32648", null, AreaFault.CrsUnknown, "urn:ogc:def:crs:EPSG::32648")]
    public async Task Read_OtherCrs_IsNamed(string name, AreaCrs? asked, AreaFault fault, string fact)
    {
        var problem = await ReadAsync("xa.json", WithCrs(name), asked);
        Assert.Equal((fault, fact), (problem.Fault, problem.Facts[0]));
    }

    [Fact]
    public async Task Read_CrsAgainstTheChosen_IsRefused() =>
        Assert.Equal(AreaFault.CrsContradicts, (await ReadAsync("xa.json", WithCrs("urn:ogc:def:crs:EPSG::4326"), AreaCrs.Vn2000Degrees)).Fault);

    [Fact]
    public async Task Read_ShapefileOfAnotherZone_NamesTheMeridian()
    {
        var parts = folder.Shapefile(folder.Write("hinh.json", Collection(Feature(Square))), "EPSG:5899");
        parts[".prj"] = Text(OtherPrj);
        var problem = await ReadAsync("xa.zip", folder.Zip("xa.zip", parts));
        Assert.Equal((AreaFault.OtherZone, "TM-3 107°30'"), (problem.Fault, problem.Facts[0]));
    }

    [Theory]
    [InlineData("../xa.shp")]
    [InlineData("/etc/xa.shp")]
    [InlineData("thu-muc/xa.shp")]
    [InlineData(@"..\xa.shp")]
    [InlineData("xa.exe")]
    [InlineData("khac.shp")]
    public async Task Read_ZipWithAnotherEntry_IsRefusedByName(string entry)
    {
        var problem = await ReadAsync("xa.zip", folder.Zip("xa.zip", ("xa.shp", []), ("xa.shx", []), ("xa.dbf", []), (entry, [1])));
        Assert.Equal((AreaFault.ZipEntry, entry), (problem.Fault, problem.Facts[0]));
    }

    [Fact]
    public async Task Read_ZipWithoutShx_SaysWhatIsMissing()
    {
        var problem = await ReadAsync("xa.zip", folder.Zip("xa.zip", ("xa.shp", []), ("xa.dbf", [])));
        Assert.Equal((AreaFault.ZipIncomplete, ".shx"), (problem.Fault, problem.Facts[0]));
    }

    [Fact]
    public async Task Read_ZipBomb_IsRefusedBeforeItUnpacks() =>
        // 101 MB of zeros in some hundred kilobytes.
        Assert.Equal(AreaFault.ZipBomb, (await ReadAsync("xa.zip", folder.Zip("xa.zip", ("xa.shp", []), ("xa.shx", []), ("xa.dbf", new byte[101 * 1024 * 1024])))).Fault);

    [Fact]
    public async Task Read_HugeShapes_AreRefusedBeforeTheyAreRead() =>
        // 41 MB: room for more than two million corners of sixteen bytes.
        Assert.Equal(AreaFault.TooManyPoints, (await ReadAsync("xa.zip", folder.Zip("xa.zip", ("xa.shp", new byte[41 * 1024 * 1024]), ("xa.shx", []), ("xa.dbf", [])))).Fault);

    [Fact]
    public async Task Read_ShapefileOfNoise_IsBroken() =>
        Assert.Equal(AreaFault.Broken, (await ReadAsync("xa.zip", folder.Zip("xa.zip", ("xa.shp", Text("no")), ("xa.shx", Text("no")), ("xa.dbf", Text("no"))))).Fault);

    [Fact]
    public async Task Read_ShapefileBrokenOff_IsBroken()
    {
        var parts = folder.Shapefile(folder.Write("hinh.json", Collection(Feature(Square))), "EPSG:5899");
        parts[".shp"] = parts[".shp"][..50];
        Assert.Equal(AreaFault.Broken, (await ReadAsync("xa.zip", folder.Zip("xa.zip", parts))).Fault);
    }

    /// <summary>An index of two thousand million words, as a whole or for one record, beside shapes of two hundred bytes.</summary>
    [Theory]
    [InlineData(24)]
    [InlineData(104)]
    public async Task Read_ShapefileThatLiesOfItsLength_IsBroken(int place)
    {
        var parts = folder.Shapefile(folder.Write("hinh.json", Collection(Feature(Square))), "EPSG:5899");
        ((byte[])[0x7F, 0xFF, 0xFF, 0x00]).CopyTo(parts[".shx"], place);
        Assert.Equal(AreaFault.Broken, (await ReadAsync("xa.zip", folder.Zip("xa.zip", parts))).Fault);
    }

    [Fact]
    public async Task Read_NoZip_IsBroken() => Assert.Equal(AreaFault.Broken, (await ReadAsync("xa.zip", folder.Write("xa.zip", "no zip"))).Fault);

    [Fact]
    public async Task Read_TooManyFeatures_AreRefused() =>
        Assert.Equal(AreaFault.TooManyFeatures, (await ReadAsync("xa.json", Collection([.. Enumerable.Repeat(Feature(Square), 2001)]), AreaCrs.Wgs84)).Fault);

    [Fact]
    public async Task Read_FileOverTheCap_IsRefusedUnread()
    {
        var path = Path.Combine(folder.Path, "xa.json");
        await using (var file = File.Create(path))
            file.SetLength(AreaFile.Cap + 1);
        Assert.Equal(AreaFault.FileTooLarge, (await ReadAsync("xa.json", path)).Fault);
    }

    [Fact]
    public async Task Read_OtherKindOfFile_IsRefused() => Assert.Equal(AreaFault.KindUnknown, (await ReadAsync("xa.kml", folder.Write("xa.kml", "<kml/>"))).Fault);

    private static string WithCrs(string name) =>
        $$$"""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"{{{name}}}"}},"features":[{{{Feature(Square)}}}]}""";

    private async Task<AreaProblem> ReadAsync(string name, string textOrPath, AreaCrs? crs = null)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Province);
        var reading = await AreaFile.ReadAsync(connection, textOrPath.StartsWith('/') ? textOrPath : folder.Write(name, textOrPath), name, crs, default);
        Assert.Empty(reading.Features);
        return reading.Problem!;
    }
}

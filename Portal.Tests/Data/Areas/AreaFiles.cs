using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data.Areas;

/// <summary>Files with areas as somebody might send them.</summary>
internal static class AreaFiles
{
    /// <summary>A square of 0.1° at Hạ Long.</summary>
    public const string Square = "[[[107.0,20.9],[107.1,20.9],[107.1,21.0],[107.0,21.0],[107.0,20.9]]]";

    public static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    public static string Feature(string coordinates, string properties = "{}", string type = "Polygon") =>
        $$$"""{"type":"Feature","properties":{{{properties}}},"geometry":{"type":"{{{type}}}","coordinates":{{{coordinates}}}}}""";

    /// <summary>A zip with these entries.</summary>
    public static string Zip(this TempFolder folder, string name, params (string Entry, byte[] Content)[] entries)
    {
        var path = Path.Combine(folder.Path, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var stream = zip.CreateEntry(entry, CompressionLevel.Fastest).Open();
            stream.Write(content);
        }
        return path;
    }

    /// <summary>A Shapefile in other coordinates, made of a GeoJSON file in WGS84 by GDAL: its parts by ending.</summary>
    public static Dictionary<string, byte[]> Shapefile(this TempFolder folder, string geoJson, string crs)
    {
        var made = Directory.CreateDirectory(Path.Combine(folder.Path, Guid.NewGuid().ToString("N")));
        RunGdal("-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", "-s_srs", "EPSG:4326", "-t_srs", crs, Path.Combine(made.FullName, "areas.shp"), geoJson);
        return made.GetFiles().ToDictionary(file => file.Extension, file => File.ReadAllBytes(file.FullName));
    }

    /// <summary>The parts of a Shapefile in a zip.</summary>
    public static string Zip(this TempFolder folder, string name, IEnumerable<KeyValuePair<string, byte[]>> parts) =>
        folder.Zip(name, parts.Select(part => ("xa" + part.Key, part.Value)).ToArray());

    public static byte[] Text(string words) => Encoding.UTF8.GetBytes(words);

    private static void RunGdal(params string[] arguments)
    {
        using var program = Process.Start(new ProcessStartInfo("ogr2ogr", arguments) { RedirectStandardError = true })!;
        var said = program.StandardError.ReadToEnd();
        program.WaitForExit();
        Assert.True(program.ExitCode == 0, said);
    }
}

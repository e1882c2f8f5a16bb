using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Data.Areas;

/// <summary>An area of a file.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Geometry">GeoJSON of a multipolygon in WGS84.</param>
public sealed record AreaFeature(int Number, IReadOnlyDictionary<string, string> Properties, string Geometry);

/// <summary>All areas of a file, or why it is not taken.</summary>
/// <param name="Crs">In which coordinates it was; null where that is not known.</param>
public sealed record AreaReading(IReadOnlyList<AreaFeature> Features, AreaCrs? Crs, AreaProblem? Problem);

/// <summary>Reads the areas of a GeoJSON file or a zipped Shapefile. Geometry is checked and moved to WGS84 by PostGIS.</summary>
public static class AreaFile
{
    /// <summary>Of the file, in bytes.</summary>
    public const long Cap = 50L * 1024 * 1024;

    public const int FeatureCap = 2_000;
    public const int PointCap = 2_000_000;

    /// <summary>For reading a file and for PostGIS to look at its shapes: crossings are sought among all pairs of lines that lie near one another.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // What GDAL writes of a Shapefile within its limits.
    private const long GeoJsonCap = 400L * 1024 * 1024;

    /// <param name="fileName">For the sentence: the content says what the file is.</param>
    /// <param name="asked">What a person says of the coordinates, where the file does not say it.</param>
    public static Task<AreaReading> ReadAsync(NpgsqlConnection connection, string path, string fileName, AreaCrs? asked, CancellationToken cancel) =>
        InTimeAsync(async limited =>
        {
            var bytes = new FileInfo(path).Length;
            if (bytes > Cap)
                throw new AreaException(AreaFault.FileTooLarge, Megabytes(bytes), Megabytes(Cap));
            if (FileContent.IsPacked(path))
            {
                using var shapes = await ShapefileZip.OpenAsync(path, limited);
                return new FileInfo(shapes.GeoJson).Length is > GeoJsonCap and var written
                    ? throw new AreaException(AreaFault.ZipBomb, Megabytes(written), Megabytes(GeoJsonCap))
                    : await ReadAsync(connection, await GeoJsonAreas.OpenAsync(shapes.GeoJson, limited) with { Declared = shapes.Declared }, asked, limited);
            }
            // What is no JSON at all is said to be broken, with the place.
            return FileContent.KindOf(path) is FileKind.GeoJson or FileKind.Text or FileKind.Empty
                ? await ReadAsync(connection, await GeoJsonAreas.OpenAsync(path, limited), asked, limited)
                : throw new AreaException(AreaFault.KindUnknown, fileName);
        }, null, cancel);

    /// <summary>An area that was drawn or typed: corners without the closing one, x before y.</summary>
    public static async Task<AreaReading> ReadAsync(NpgsqlConnection connection, IReadOnlyList<(double X, double Y)> corners, AreaCrs crs, CancellationToken cancel)
    {
        if (corners.Count < 3)
            return new([], crs, new(AreaFault.RingWrong, [1]));
        var ring = string.Join(',', corners.Append(corners[0]).Select(corner => FormattableString.Invariant($"[{corner.X:R},{corner.Y:R}]")));
        return await ReadTextAsync(connection, $$"""{"type":"Polygon","coordinates":[[{{ring}}]]}""", crs, cancel);
    }

    /// <summary>An area as the text of a GeoJSON geometry.</summary>
    public static Task<AreaReading> ReadTextAsync(NpgsqlConnection connection, string geometry, AreaCrs crs, CancellationToken cancel) =>
        InTimeAsync(limited => ReadAsync(connection, GeoJsonAreas.Parse(geometry) with { Declared = null }, crs, limited), crs, cancel);

    private static async Task<AreaReading> InTimeAsync(Func<CancellationToken, Task<AreaReading>> read, AreaCrs? crs, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return await read(limit.Token);
        }
        catch (AreaException fault)
        {
            return new([], crs, fault.Problem);
        }
        catch (JsonException fault)
        {
            return new([], crs, new(AreaFault.Broken, [fault.Message]));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new([], crs, new(AreaFault.TooSlow, [(int)Patience.TotalSeconds]));
        }
    }

    private static async Task<AreaReading> ReadAsync(NpgsqlConnection connection, GeoJsonAreas areas, AreaCrs? asked, CancellationToken cancel)
    {
        var crs = areas.CrsFor(asked);
        return new(await new AreaGeometry(connection, crs).CheckAsync(areas.Features, cancel), crs, null);
    }

    internal static double Megabytes(long bytes) => Math.Round(bytes / (1024.0 * 1024), 1);
}

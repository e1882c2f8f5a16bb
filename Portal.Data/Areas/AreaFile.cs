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

    /// <param name="fileName">For the sentence: the content says what the file is.</param>
    /// <param name="asked">What a person says of the coordinates, where the file does not say it.</param>
    public static async Task<AreaReading> ReadAsync(NpgsqlConnection connection, string path, string fileName, AreaCrs? asked, CancellationToken cancel)
    {
        try
        {
            var bytes = new FileInfo(path).Length;
            if (bytes > Cap)
                throw new AreaException(AreaFault.FileTooLarge, Megabytes(bytes), Megabytes(Cap));
            if (FileContent.IsPacked(path))
            {
                using var shapes = await ShapefileZip.OpenAsync(path, cancel);
                return await ReadAsync(connection, await GeoJsonAreas.OpenAsync(shapes.GeoJson, cancel) with { Declared = shapes.Declared }, asked, cancel);
            }
            // What is no JSON at all is said to be broken, with the place.
            return FileContent.KindOf(path) is FileKind.GeoJson or FileKind.Text or FileKind.Empty
                ? await ReadAsync(connection, await GeoJsonAreas.OpenAsync(path, cancel), asked, cancel)
                : throw new AreaException(AreaFault.KindUnknown, fileName);
        }
        catch (AreaException fault)
        {
            return new([], null, fault.Problem);
        }
        catch (JsonException fault)
        {
            return new([], null, new(AreaFault.Broken, [fault.Message]));
        }
    }

    /// <summary>An area that was drawn or typed: corners without the closing one, x before y.</summary>
    public static async Task<AreaReading> ReadAsync(NpgsqlConnection connection, IReadOnlyList<(double X, double Y)> corners, AreaCrs crs, CancellationToken cancel)
    {
        if (corners.Count < 3)
            return new([], crs, new(AreaFault.RingWrong, [1]));
        var ring = string.Join(',', corners.Append(corners[0]).Select(corner => FormattableString.Invariant($"[{corner.X:R},{corner.Y:R}]")));
        return await ReadTextAsync(connection, $$"""{"type":"Polygon","coordinates":[[{{ring}}]]}""", crs, cancel);
    }

    /// <summary>An area as the text of a GeoJSON geometry.</summary>
    public static async Task<AreaReading> ReadTextAsync(NpgsqlConnection connection, string geometry, AreaCrs crs, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(connection, GeoJsonAreas.Parse(geometry) with { Declared = null }, crs, cancel);
        }
        catch (AreaException fault)
        {
            return new([], crs, fault.Problem);
        }
        catch (JsonException fault)
        {
            return new([], crs, new(AreaFault.Broken, [fault.Message]));
        }
    }

    private static async Task<AreaReading> ReadAsync(NpgsqlConnection connection, GeoJsonAreas areas, AreaCrs? asked, CancellationToken cancel)
    {
        var crs = areas.CrsFor(asked);
        return new(await new AreaGeometry(connection, crs).CheckAsync(areas.Features, cancel), crs, null);
    }

    internal static double Megabytes(long bytes) => Math.Round(bytes / (1024.0 * 1024), 1);
}

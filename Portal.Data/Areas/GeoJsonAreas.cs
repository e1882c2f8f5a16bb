using System.Text.Json;

namespace QuanTrac.Portal.Data.Areas;

/// <summary>A feature as the file has it.</summary>
internal sealed record RawArea(int Number, IReadOnlyDictionary<string, string> Properties, string Geometry);

/// <summary>The features of a GeoJSON text with polygons only, and what it says of its coordinates.</summary>
internal sealed record GeoJsonAreas(IReadOnlyList<RawArea> Features, DeclaredCrs? Declared, double West, double East, double South, double North)
{
    private const int PropertyCap = 40;
    private const int ValueCap = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    public static async Task<GeoJsonAreas> OpenAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        using var json = await JsonDocument.ParseAsync(file, Options, cancel);
        return Read(json.RootElement);
    }

    public static GeoJsonAreas Parse(string text)
    {
        using var json = JsonDocument.Parse(text, Options);
        return Read(json.RootElement);
    }

    /// <summary>In which coordinates the file is: as it says, else as a person says; a statement that the numbers contradict is refused.</summary>
    public AreaCrs CrsFor(AreaCrs? asked)
    {
        if (Declared is { OtherZone: true })
            throw new AreaException(AreaFault.OtherZone, Declared.Name);
        if (Declared?.Crs is { } said && asked is { } other && said != other)
            throw new AreaException(AreaFault.CrsContradicts, said, other);
        if ((Declared?.Crs ?? asked) is not { } crs)
        {
            throw Declared is null
                ? new AreaException(AreaFault.CrsNotGiven, West, East, South, North)
                : new AreaException(AreaFault.CrsUnknown, Declared.Name);
        }
        var degrees = West >= -180 && East <= 180 && South >= -180 && North <= 180;
        if (crs == AreaCrs.Vn2000 && degrees)
            throw new AreaException(AreaFault.Degrees, West, South);
        if (crs != AreaCrs.Vn2000 && !degrees)
            throw new AreaException(AreaFault.Metres, West, South);
        // X is north and Y is east on Vietnamese papers; in files x is east.
        if (crs == AreaCrs.Vn2000 ? West > 2_000_000 && North < 1_000_000 : West is > 15 and < 25 && North > 100)
            throw new AreaException(AreaFault.AxesSwapped, West, South);
        return crs;
    }

    private static GeoJsonAreas Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw new AreaException(AreaFault.Broken, "type");
        List<JsonElement> features = type.GetString() == "FeatureCollection" ? FeaturesOf(root) : [root];
        var corners = new Corners();
        var raw = features.Select((feature, index) => Read(feature, index + 1, corners)).ToList();
        return new(raw, DeclaredOf(root), corners.West, corners.East, corners.South, corners.North);
    }

    // Their number is known before a list of them is made.
    private static List<JsonElement> FeaturesOf(JsonElement root)
    {
        if (!root.TryGetProperty("features", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new AreaException(AreaFault.Broken, "features");
        return list.GetArrayLength() switch
        {
            0 => throw new AreaException(AreaFault.Empty),
            > AreaFile.FeatureCap and var found => throw new AreaException(AreaFault.TooManyFeatures, found, AreaFile.FeatureCap),
            _ => list.EnumerateArray().ToList(),
        };
    }

    private static RawArea Read(JsonElement feature, int number, Corners corners)
    {
        if (feature.ValueKind != JsonValueKind.Object)
            throw new AreaException(AreaFault.Broken, $"features[{number - 1}]");
        var whole = feature.TryGetProperty("geometry", out var geometry);
        if (!whole)
            geometry = feature;
        var kind = geometry.ValueKind == JsonValueKind.Object && geometry.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "null";
        if (kind is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates))
            throw new AreaException(AreaFault.NotPolygon, number, kind);
        foreach (var polygon in kind == "Polygon" ? [coordinates] : (IEnumerable<JsonElement>)Parts(coordinates, number))
        {
            foreach (var ring in Parts(polygon, number))
                corners.AddRing(ring, number);
        }
        // Only these two members go on: a crs inside would speak to the database.
        return new(number, whole ? PropertiesOf(feature) : new Dictionary<string, string>(), $$"""{"type":"{{kind}}","coordinates":{{coordinates.GetRawText()}}}""");
    }

    private static JsonElement.ArrayEnumerator Parts(JsonElement array, int number) => IsFilled(array) ? array.EnumerateArray() : throw new AreaException(AreaFault.RingWrong, number);

    private static bool IsFilled(JsonElement array) => array.ValueKind == JsonValueKind.Array && array.GetArrayLength() > 0;

    private static Dictionary<string, string> PropertiesOf(JsonElement feature) =>
        feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number).Take(PropertyCap)
                .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(same => same.Key, same => same.First().Value.ToString() is { Length: > ValueCap } text ? text[..ValueCap] : same.First().Value.ToString(),
                    StringComparer.OrdinalIgnoreCase)
            : [];

    private static DeclaredCrs? DeclaredOf(JsonElement root) =>
        root.TryGetProperty("crs", out var crs) && crs.ValueKind == JsonValueKind.Object
        && crs.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? DeclaredCrs.OfName(name.GetString()!)
            : null;

    /// <summary>How many corners there are, and how far they reach.</summary>
    private sealed class Corners
    {
        private int count;

        public double West { get; private set; } = double.PositiveInfinity;
        public double East { get; private set; } = double.NegativeInfinity;
        public double South { get; private set; } = double.PositiveInfinity;
        public double North { get; private set; } = double.NegativeInfinity;

        public void AddRing(JsonElement ring, int number)
        {
            if (!IsFilled(ring))
                throw new AreaException(AreaFault.RingWrong, number);
            var length = ring.GetArrayLength();
            count += length;
            if (count > AreaFile.PointCap)
                throw new AreaException(AreaFault.TooManyPoints, count, AreaFile.PointCap);
            if (length < 4 || Corner(ring[0], number) != Corner(ring[length - 1], number))
                throw new AreaException(AreaFault.RingWrong, number);
            foreach (var position in ring.EnumerateArray())
            {
                var (x, y) = Corner(position, number);
                (West, East, South, North) = (Math.Min(West, x), Math.Max(East, x), Math.Min(South, y), Math.Max(North, y));
            }
        }

        private static (double X, double Y) Corner(JsonElement position, int number) =>
            position.ValueKind == JsonValueKind.Array && position.GetArrayLength() is >= 2 and <= 4
            && position.EnumerateArray().All(part => part.ValueKind == JsonValueKind.Number)
            && position[0].TryGetDouble(out var x) && position[1].TryGetDouble(out var y) && double.IsFinite(x) && double.IsFinite(y)
                ? (x, y)
                : throw new AreaException(AreaFault.RingWrong, number);
    }
}

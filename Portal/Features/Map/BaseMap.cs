using System.Collections.Frozen;
using System.Security.Cryptography;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The offline base map: a few files of <c>seed/basemap</c>, held in memory and served with an address that changes with their content.</summary>
public sealed class BaseMap
{
    private static readonly string[] Layers = ["land", "rivers", "places", "province-line", "border"];

    private readonly FrozenDictionary<string, byte[]> files;

    /// <param name="directory">Directory with one <c>.geojson</c> file for each layer.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    public BaseMap(string directory)
    {
        files = Layers.ToFrozenDictionary(layer => layer, layer => File.ReadAllBytes(Path.Combine(directory, layer + ".geojson")));
        Addresses = files.ToFrozenDictionary(
            file => file.Key,
            file => $"/basemap/{file.Key}.json?v={Convert.ToHexStringLower(SHA256.HashData(file.Value))[..12]}");
    }

    /// <summary>Layer name to address.</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; }

    /// <summary>Coasts and names are no secret, so that any cache on the way may keep them.</summary>
    public static void MapEndpoints(IEndpointRouteBuilder routes) =>
        routes.MapGet("/basemap/{layer}.json", (string layer, BaseMap map, HttpResponse response) =>
        {
            if (!map.files.TryGetValue(layer, out var bytes))
                return Results.NotFound();
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(bytes, "application/geo+json");
        }).AllowAnonymous();
}

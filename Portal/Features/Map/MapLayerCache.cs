using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The layers made last, by the tag that names their content: whoever sees the same, in the same state of the data, gets the same bytes.</summary>
public sealed class MapLayerCache : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(20);

    private readonly MemoryCache layers = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public bool TryGet(string tag, [NotNullWhen(true)] out byte[]? layer) => layers.TryGetValue(tag, out layer);

    public void Keep(string tag, byte[] layer) =>
        layers.Set(tag, layer, new MemoryCacheEntryOptions { Size = layer.Length, SlidingExpiration = Unused });

    public void Dispose() => layers.Dispose();
}

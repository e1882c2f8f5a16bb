using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace QuanTrac.Portal.Features.Map;

/// <summary>What the map page asks for. Every method opens its own context with the access of the viewer; what the viewer may not see is not there.</summary>
public sealed class MapData
{
    /// <summary>What the viewer can filter by.</summary>
    public Task<MapChoices> ChoicesAsync(CancellationToken cancel) => Task.FromResult(MapChoices.None);

    /// <summary>Legend, counts and campaigns under the filter.</summary>
    public Task<MapOverview> OverviewAsync(MapFilter filter, CancellationToken cancel) =>
        Task.FromResult(new MapOverview(0, 0, null, [], [], []));

    /// <summary>A slice of the list twin, the worst first, ties by code.</summary>
    public ValueTask<ItemsProviderResult<MapSite>> SitesAsync(MapFilter filter, ItemsProviderRequest request) =>
        ValueTask.FromResult(new ItemsProviderResult<MapSite>([], 0));

    /// <summary>The chosen site of the filter; null where it is not there or not theirs.</summary>
    public Task<SitePanelModel?> PanelAsync(MapFilter filter, CancellationToken cancel) => Task.FromResult<SitePanelModel?>(null);

    /// <summary>The parameter of the filter at the chosen site, or the deciding one; null without values.</summary>
    public Task<ChartSeries?> SeriesAsync(MapFilter filter, CancellationToken cancel) => Task.FromResult<ChartSeries?>(null);

    /// <summary>The chain behind one finding; null where it is not there or not theirs.</summary>
    public Task<WhyChain?> WhyAsync(MapFilter filter, long finding, CancellationToken cancel) => Task.FromResult<WhyChain?>(null);
}

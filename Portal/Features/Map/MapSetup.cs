namespace QuanTrac.Portal.Features.Map;

/// <summary>Registers the queries of the map.</summary>
public static class MapSetup
{
    public static void AddMap(this IServiceCollection services) => services.AddScoped<MapData>().AddSingleton<MapLayerCache>();
}

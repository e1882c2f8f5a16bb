namespace QuanTrac.Portal.Features.Territories;

/// <summary>Registers the use-cases of territories.</summary>
public static class TerritoriesSetup
{
    public static void AddTerritories(this IServiceCollection services) => services
        .AddScoped<TerritoriesData>().AddScoped<CompareUnits>().AddScoped<CompareTerritory>();
}

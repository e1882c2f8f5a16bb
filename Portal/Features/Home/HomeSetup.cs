namespace QuanTrac.Portal.Features.Home;

/// <summary>Registers the queries of the first pages.</summary>
public static class HomeSetup
{
    public static void AddHome(this IServiceCollection services) =>
        services.AddScoped<UnitsData>().AddScoped<BoardData>().AddScoped<FirstPage>().AddScoped<StandingSentence>();
}

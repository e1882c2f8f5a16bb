namespace QuanTrac.Portal.Features.Standards;

/// <summary>Registers the queries of standards.</summary>
public static class StandardsSetup
{
    public static void AddStandards(this IServiceCollection services) => services.AddScoped<StandardsData>();
}

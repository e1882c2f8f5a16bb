namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Registers the use-cases of organisations.</summary>
public static class OrganisationsSetup
{
    public static void AddOrganisations(this IServiceCollection services) => services
        .AddScoped<OrganisationsData>().AddScoped<WhoSeesData>().AddScoped<ChangeOrganisations>().AddScoped<KeepFile>().AddScoped<ReadTemplate>();
}

using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>Registers the sign-in of an agency, where one is set.</summary>
public static class AgencySetup
{
    public static void AddAgency(this IServiceCollection services) => services.AddScoped<AgencySignIn>().AddScoped<AgencyData>().AddConfirmed<BindAgency>();

    /// <param name="settings">Null where no provider is set.</param>
    public static void AddAgencyProvider(this IServiceCollection services, AgencySettings? settings)
    {
        if (settings is not null)
            services.AddSingleton(new AgencyProvider(settings));
    }

    public static void MapAgency(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/agency", (HttpContext context, string? returnUrl, AgencySignIn agency) => agency.BeginAsync(context, returnUrl)).AllowAnonymous()
            .WithMetadata(new FromOwnPagesOnly());
        routes.MapGet("/sign-in/agency/back", (HttpContext context, string? code, string? state, AgencySignIn agency) => agency.FinishAsync(context, code, state)).AllowAnonymous();
    }
}

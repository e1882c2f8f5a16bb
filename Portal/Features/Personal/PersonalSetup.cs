namespace QuanTrac.Portal.Features.Personal;

/// <summary>Registers what a person keeps for oneself.</summary>
public static class PersonalSetup
{
    public static void AddPersonal(this IServiceCollection services) => services.AddScoped<Drafts>().AddScoped<ListViews>();
}

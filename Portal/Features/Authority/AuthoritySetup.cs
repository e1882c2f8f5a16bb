namespace QuanTrac.Portal.Features.Authority;

/// <summary>Names the texts of the register for <c>IStringLocalizer</c>.</summary>
public sealed class AuthorityTexts;

/// <summary>Registers the register of what allows somebody in.</summary>
public static class AuthoritySetup
{
    public static void AddAuthority(this IServiceCollection services) => services.AddScoped<RecordAuthority>().AddScoped<EndAuthority>().AddScoped<AuthorityData>();
}

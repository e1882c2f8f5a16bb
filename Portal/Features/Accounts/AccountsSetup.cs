namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Registers sign-in and the use-cases of accounts.</summary>
public static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<SignInLimit>();
        services.AddScoped<SignIn>();
        services.AddScoped<OpenSession>();
        services.AddScoped<WriteAudit>();
        services.AddScoped<CreateAccount>();
    }
}

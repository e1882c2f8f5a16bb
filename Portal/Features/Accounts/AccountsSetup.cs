using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Registers sign-in and the use-cases of accounts.</summary>
public static class AccountsSetup
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<KnownDevice>();
        services.AddSingleton<SecondStep>();
        services.AddScoped<SignIn>();
        services.AddScoped<HalfSignIn>();
        services.AddScoped<SignInCode>();
        services.AddScoped<ProvePassword>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<SetUpSecondStep>();
        services.AddScoped<OwnSecondStep>();
        services.AddScoped<OwnSessions>();
        services.AddConfirmed<ResetSecondStep>();
        services.AddScoped<OwnAccountData>();
        services.AddSingleton<ApiTokens>();
        services.AddScoped<TokensData>();
        services.AddScoped<AccountChoices>();
        services.AddScoped<GrantToken>();
        // The device asks who holds it, so that a passkey is two steps; it knows the account, so that no name is typed.
        services.Configure<IdentityPasskeyOptions>(options => (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required"));
        services.AddScoped<OpenSession>();
        services.AddScoped<WriteAudit>();
        services.AddScoped<CreateAccount>();
    }
}

using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Registers the use-cases of the life of an account.</summary>
public static class AccountLifeSetup
{
    public static void AddAccountLife(this IServiceCollection services) => services
        .AddSingleton<AskLimit>()
        .AddScoped<AccountsData>().AddScoped<RequestData>().AddScoped<ReviewData>().AddScoped<AccountNotices>().AddScoped<AccountListSheet>()
        .AddScoped<StartRequest>().AddScoped<SavePerson>().AddScoped<ReadPersons>().AddScoped<AttachLetter>().AddScoped<SendRequest>().AddScoped<AssembleRequest>()
        .AddScoped<DecideRequest>().AddScoped<GrantRequest>().AddConfirmed<LockAccount>().AddConfirmed<ResetPassword>().AddScoped<HandOverAccount>().AddScoped<LockIdleAccounts>().AddScoped<ExpirePasswords>()
        .AddScoped<AskAccount>().AddScoped<SaveReview>().AddScoped<ConfirmReview>().AddScoped<OwnData>();
}

using System.Threading.RateLimiting;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Registers the use-cases of the life of an account.</summary>
public static class AccountLifeSetup
{
    /// <summary>The rate limit of letters and lists: of each account, so that one cannot fill the disk for all.</summary>
    public const string FileLimit = "account-files";

    private const int FilesPerMinute = 20;

    public static void AddAccountLife(this IServiceCollection services) => services
        .AddRateLimiter(options => options.AddPolicy(FileLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            AccessClaims.Read(context.User)?.AccountName ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = FilesPerMinute, Window = TimeSpan.FromMinutes(1) })))
        .AddSingleton<AskLimit>()
        .AddScoped<AccountsData>().AddScoped<RequestData>().AddScoped<ReviewData>().AddScoped<AccountNotices>().AddScoped<AccountListSheet>()
        .AddScoped<StartRequest>().AddScoped<SavePerson>().AddScoped<ReadPersons>().AddScoped<AttachLetter>().AddScoped<SendRequest>().AddScoped<AssembleRequest>()
        .AddScoped<DecideRequest>().AddScoped<GrantRequest>().AddConfirmed<LockAccount>().AddConfirmed<ResetPassword>().AddScoped<HandOverAccount>().AddScoped<LockIdleAccounts>().AddScoped<ExpirePasswords>()
        .AddScoped<AskAccount>().AddScoped<SaveReview>().AddScoped<ConfirmReview>().AddScoped<OwnData>();
}

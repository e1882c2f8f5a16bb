using System.Threading.RateLimiting;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Registers the use-cases of intake.</summary>
public static class IntakeSetup
{
    /// <summary>The rate limit of handing in: of each account, so that one cannot fill the disk for all.</summary>
    public const string HandInLimit = "hand-in";

    private const int FilesPerMinute = 20;

    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IntakeSignal>();
        services.AddScoped<IntakeData>();
        services.AddScoped<HandInFile>();
        services.AddScoped<CheckSubmission>();
        services.AddScoped<SubmitSubmission>();
        services.AddScoped<AcceptSubmission>();
        services.AddScoped<ReturnSubmission>();
        services.AddScoped<WithdrawSubmission>();
        services.AddRateLimiter(options => options.AddPolicy(HandInLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            AccessClaims.Read(context.User)?.AccountName ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = FilesPerMinute, Window = TimeSpan.FromMinutes(1) })));
    }
}

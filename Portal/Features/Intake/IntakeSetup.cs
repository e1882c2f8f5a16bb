using System.Threading.RateLimiting;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Registers the use-cases of intake.</summary>
public static class IntakeSetup
{
    /// <summary>The rate limit of handing in: of each account, so that one cannot fill the disk for all.</summary>
    public const string HandInLimit = "hand-in";

    /// <summary>The rate limit of marked copies and extracts, which are made when they are asked for: of each account.</summary>
    public const string MadeLimit = "made-files";

    private const int FilesPerMinute = 20;
    private const int MadePerMinute = 60;

    /// <param name="made">Where marked copies are kept for a while.</param>
    public static void AddIntake(this IServiceCollection services, string made)
    {
        services.AddSingleton<IntakeSignal>();
        services.AddSingleton(CheckLimits.FromEnvironment());
        services.AddSingleton(portal => new MarkedCopies(made, portal.GetRequiredService<TimeProvider>()));
        services.AddScoped<IntakeData>();
        services.AddScoped<HandInFile>();
        services.AddScoped<CheckSubmission>();
        services.AddScoped<SubmitSubmission>();
        services.AddScoped<AcceptSubmission>();
        services.AddScoped<ReviewCells>();
        services.AddScoped<ReturnSubmission>();
        services.AddScoped<WithdrawSubmission>();
        services.AddRateLimiter(options =>
        {
            options.AddPolicy(HandInLimit, context => OfAccount(context, FilesPerMinute));
            options.AddPolicy(MadeLimit, context => OfAccount(context, MadePerMinute));
        });
    }

    private static RateLimitPartition<string> OfAccount(HttpContext context, int perMinute) => RateLimitPartition.GetFixedWindowLimiter(
        AccessClaims.Read(context.User)?.AccountName ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });
}

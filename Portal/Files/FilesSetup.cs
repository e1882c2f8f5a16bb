using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Files;

/// <summary>Registers how files are taken and kept.</summary>
public static class FilesSetup
{
    /// <summary>How often an account gets an answer below the watched addresses: each that hands out a file or refuses writes in the audit.</summary>
    public const string AnswerLimit = "answers";

    private const string DoorLimit = "door";
    private const int AnswersPerMinute = 600;
    private const int FilesPerMinute = 20;

    /// <param name="folder">Where they are kept.</param>
    public static void AddFiles(this IServiceCollection services, string folder) => services
        .AddSingleton(new FileStore(folder)).AddSingleton(DiskReserve.FromEnvironment(folder)).AddSingleton(ClamScan.FromEnvironment())
        .AddScoped<TakeFile>().AddSingleton<ReadyFiles>()
        .AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (rejected, _) => new(TooOftenAsync(rejected.HttpContext));
            // Each door for itself: who has attached twenty papers to duties may still ask at the desk.
            options.AddPolicy(DoorLimit, context => AMinute($"{WhoOf(context)} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}", FilesPerMinute));
            options.AddPolicy(AnswerLimit, context => AMinute(WhoOf(context), AnswersPerMinute));
        });

    // Nobody in particular is told apart by the network.
    private static string WhoOf(HttpContext context) => AccessClaims.Read(context.User)?.AccountName ?? Networks.Of(context.Connection.RemoteIpAddress);

    private static RateLimitPartition<string> AMinute(string key, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) });

    private static Task TooOftenAsync(HttpContext context) => Results.Problem(
        context.RequestServices.GetRequiredService<IStringLocalizer<UiTexts>>()[HttpMethods.IsPost(context.Request.Method) ? "SentFile.Often" : "Given.Often"].Value,
        statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);

    /// <summary>What a door bears: how often an account may come, and how much a request may bring.</summary>
    public static RouteHandlerBuilder AsDoor(this RouteHandlerBuilder route, FileDoor door) => route
        .RequireRateLimiting(DoorLimit).WithMetadata(new RequestSizeLimitAttribute(door.Cap + SentForm.Wrapping), door);
}

using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Answers 503 while the portal is closed, a page to whoever wants one; whether the process lives can still be asked, and how a page looks.</summary>
public static class MaintenanceAnswer
{
    public static void UseMaintenance(this WebApplication app)
    {
        var maintenance = app.Services.GetRequiredService<Maintenance>();
        app.Use(async (context, next) =>
        {
            // A circuit is a request that lasts; what is done in one is counted there. Circuits that are open are frozen, new ones do not begin.
            if (IsOpen(context.Request.Path) || (context.Request.Path.StartsWithSegments("/_blazor") && !maintenance.IsOn))
            {
                await next(context);
                return;
            }
            using var work = maintenance.TryWork();
            if (work is not null)
                await next(context);
            else
                await AnswerAsync(context);
        });
    }

    private static bool IsOpen(PathString path) =>
        path.StartsWithSegments("/healthz") || path.StartsWithSegments("/_framework") || path.StartsWithSegments("/lib") || path.StartsWithSegments("/css") || path.StartsWithSegments("/icon.svg");

    private static Task AnswerAsync(HttpContext context)
    {
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<RestoreTexts>>();
        return AwayPage.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, texts["Closed.Title"], texts["Closed.Page"]);
    }
}

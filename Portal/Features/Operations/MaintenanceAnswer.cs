using System.Net;
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
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "15";
        context.Response.Headers.CacheControl = "no-store";
        var wantsPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        var (title, words) = Language.Current == "en"
            ? ("The portal is closed for a while", "Data are being restored. This page opens again by itself in a few minutes; what was handed in is not lost.")
            : ("Cổng đang tạm đóng để khôi phục dữ liệu", "Trang này tự mở lại sau ít phút. Những gì đã nộp không bị mất.");
        context.Response.ContentType = wantsPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        return context.Response.WriteAsync(wantsPage ? Page(title, words) : $"{title}. {words}\n", context.RequestAborted);
    }

    private static string Page(string title, string words) =>
        $"""
        <!DOCTYPE html>
        <html lang="{Language.Current}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="15">
        <title>{WebUtility.HtmlEncode(title)} · QuanTrac</title><link rel="icon" type="image/svg+xml" href="/icon.svg">
        <link rel="stylesheet" href="/css/base.css"><link rel="stylesheet" href="/css/parts.css"><link rel="stylesheet" href="/css/shell.css"></head>
        <body><div class="plain"><header><span class="mark">QT</span><div class="product"><strong>QuanTrac</strong></div></header>
        <main><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(words)}</p></main></div></body></html>

        """;
}

using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Shell;

/// <summary>The answer of a portal that cannot work for now: a page for whoever asked for one, problem+json for scripts and programs. It needs neither database nor circuit.</summary>
public static class AwayPage
{
    private const int RetrySeconds = 10;

    /// <param name="title">What is the matter, in a few words.</param>
    /// <param name="sentence">What it means for the reader, and what to do.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string sentence)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        if (!WantsPage(context.Request))
            return Results.Problem(sentence, statusCode: status, title: title).ExecuteAsync(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(context, title, sentence), context.RequestAborted);
    }

    private static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static string Page(HttpContext context, string title, string sentence)
    {
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<ShellTexts>>();
        var html = HtmlEncoder.Default;
        // A form that was sent is not sent again by itself.
        var address = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : context.Request.Path.Value ?? "/";
        var again = html.Encode(LocalAddress.OrHome(address));
        var retry = HttpMethods.IsGet(context.Request.Method) ? $"""<meta http-equiv="refresh" content="{RetrySeconds}" />""" : "";
        var note = HttpMethods.IsGet(context.Request.Method) ? $"<p class=\"secondary\" role=\"status\">{html.Encode(texts["Away.Retry", RetrySeconds])}</p>" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="{Language.Current}">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              {retry}
              <title>{html.Encode(title)} · QuanTrac</title>
              <link rel="icon" type="image/svg+xml" href="/icon.svg" />
              <link rel="stylesheet" href="/css/base.css" />
              <link rel="stylesheet" href="/css/parts.css" />
              <link rel="stylesheet" href="/css/shell.css" />
            </head>
            <body>
              <div class="plain">
                <header>
                  <a class="product" href="/" title="{html.Encode(texts["Home"])}"><img src="/icon.svg" width="34" height="34" alt="" /><strong>QuanTrac</strong> <span>{html.Encode(texts["Product"])}</span></a>
                </header>
                <main>
                  <section class="card plain-card">
                    <h1>{html.Encode(title)}</h1>
                    <p>{html.Encode(sentence)}</p>
                    {note}
                    <a class="button primary" href="{again}">{html.Encode(texts["Fault.Again"])}</a>
                  </section>
                </main>
              </div>
            </body>
            </html>
            """;
    }
}

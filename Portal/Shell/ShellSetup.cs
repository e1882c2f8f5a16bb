using System.IO.Compression;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuanTrac.Portal.Features.Accounts;
using Radzen;

namespace QuanTrac.Portal.Shell;

/// <summary>Registers the frame: Blazor Server, languages, headers, compression, static files.</summary>
public static class ShellSetup
{
    public static void AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddLanguages();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DatabaseAbsence>();
        services.AddScoped<LostActs>();
        services.AddResponseCompression(options =>
        {
            // Data only: a page holds secrets beside text from the address, and compressing both together gives the secrets away (BREACH).
            options.EnableForHttps = true;
            options.MimeTypes = ["application/geo+json", "application/json", "text/csv"];
            // The first that the browser takes: of the map layer gzip makes a tenth of Brotli's work, for a half more bytes.
            options.Providers.Add<GzipCompressionProvider>();
            options.Providers.Add<BrotliCompressionProvider>();
        });
        // The fastest level of Brotli packs the map layer worse than gzip does.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    /// <summary>What must come before authentication, in this order.</summary>
    public static void UseShell(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(AnswerInKind);
        app.UseResponseCompression();
        app.Use(RefuseNothingness);
    }

    // The zero character is in no word, and the database takes none.
    private static Task RefuseNothingness(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Query.Any(part => part.Key.Contains('\0', StringComparison.Ordinal) || part.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    // Who asked for a page gets one; to scripts and forms the status says more, and the page would refuse a POST for its missing token.
    private static Task AnswerInKind(HttpContext context, RequestDelegate next)
    {
        var wantsPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (!wantsPage && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(context);
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().WithMetadata(new NeedsNoDatabase());
        app.MapLanguageSwitch();
        SignOut.MapEndpoint(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // Who may frame a page is said once, by the headers of every response.
            options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}

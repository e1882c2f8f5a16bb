using System.IO.Compression;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Features.Accounts;
using MudBlazor;
using MudBlazor.Services;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Shell;

/// <summary>Registers the frame: Blazor Server, languages, headers, compression, static files.</summary>
public static class ShellSetup
{
    /// <summary>What begins with it is taken by browsers from this very host over https alone: no sibling host can put its own in the place.</summary>
    private const string OwnHostAlone = "__Host-";

    public static void AddShell(this IServiceCollection services, PortalSettings settings)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DisconnectedCircuitMaxRetained = CircuitLimits.Kept;
            options.PersistedCircuitInMemoryMaxRetained = CircuitLimits.Kept;
        });
        AddCookies(services, settings.IsSecure());
        services.AddMudServices(options => options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddTransient<MudLocalizer, MudTexts>();
        RadzenScope.Register(services);
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

    // Not what each request says of itself: behind a proxy that ends TLS it says http.
    private static void AddCookies(IServiceCollection services, bool secure)
    {
        services.Configure<CookiePolicyOptions>(options =>
        {
            options.Secure = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.HttpOnly = HttpOnlyPolicy.Always;
            options.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
        if (!secure)
            return;
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.Cookie.Name = OwnHostAlone + options.Cookie.Name);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = OwnHostAlone + options.Cookie.Name);
        services.Configure<AntiforgeryOptions>(options => options.Cookie.Name = OwnHostAlone + "quantrac-form");
    }

    /// <summary>What must come before authentication, in this order.</summary>
    public static void UseShell(this WebApplication app, PortalSettings settings)
    {
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.Use(new OwnOrigin(settings.PublicAddress, app.Services.GetRequiredService<ILogger<OwnOrigin>>()).InvokeAsync);
        app.UseCookiePolicy();
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
        app.MapStaticAssets(Path.Combine(PortalHome.Published, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json")).AllowAnonymous().WithMetadata(new NeedsNoDatabase());
        app.MapLanguageSwitch();
        // A hand on the keyboard or the mouse: what the page asks for by itself does not keep a session alive, this does (SessionSetup).
        app.MapPost("/activity", () => Results.NoContent()).AllowAnonymous();
        SignOut.MapEndpoint(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // Who may frame a page is said once, by the headers of every response.
            options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}

using System.IO.Compression;
using Microsoft.AspNetCore.Components;
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
        services.AddResponseCompression(options =>
        {
            // Data only: a page holds secrets beside text from the address, and compressing both together gives the secrets away (BREACH).
            options.EnableForHttps = true;
            options.MimeTypes = ["application/geo+json", "application/json", "text/csv"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
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
        app.UseResponseCompression();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguageSwitch();
        SignOut.MapEndpoint(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace QuanTrac.Portal.Shell;

/// <summary>The two languages of the portal. The choice is a cookie set by a request; a circuit keeps the language it began with.</summary>
public static class Language
{
    public const string Vietnamese = "vi-VN";

    public const string English = "en";

    /// <summary>"vi" or "en": the language of the page being made, for the html element.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The address that switches to a language and comes back.</summary>
    public static string SwitchAddress(string culture, string returnUrl) =>
        $"/language?culture={Uri.EscapeDataString(culture)}&returnUrl={Uri.EscapeDataString(returnUrl)}";

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Vietnamese).AddSupportedCultures(Vietnamese, English).AddSupportedUICultures(Vietnamese, English);
            // The portal is Vietnamese until somebody chooses: what the browser prefers does not count.
            options.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
    }

    public static void MapLanguageSwitch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/language", (string? culture, string? returnUrl, HttpContext context) =>
        {
            var chosen = new RequestCulture(culture == English ? English : Vietnamese);
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(chosen),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps });
            return Results.LocalRedirect(LocalAddress.OrHome(returnUrl));
        }).AllowAnonymous().WithMetadata(new FromOwnPagesOnly(), new NeedsNoDatabase());
}

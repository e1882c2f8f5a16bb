using System.Reflection;
using Microsoft.AspNetCore.Components;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>A page as somebody sees it.</summary>
/// <param name="Route">As the page declares it, such as <c>/intake/{Id:int}</c>.</param>
/// <param name="Account">Null is nobody.</param>
/// <param name="Address">What is asked for; a table in braces stands for its first number.</param>
public sealed record SeenPage(string Route, string? Account, string Address);

/// <summary>The pages of the portal, each seen at least once.</summary>
public static class EveryPage
{
    // An administrator sees every page that has no parameter; here stands what others see, and what a parameter may be.
    private static readonly SeenPage[] Chosen =
    [
        new("/", "admin", "/"),
        new("/", "guest", "/?site=MAU-NT03"),
        new("/sign-in", null, "/sign-in"),
        new("/sign-in/code", null, "/sign-in/code"),
        new("/ask-account", null, "/ask-account"),
        new("/error", null, "/error"),
        new("/not-found", null, "/not-found"),
        new("/account/password", "company", "/account/password"),
        new("/account/second-step", "company", "/account/second-step"),
        new("/intake", "company", "/intake"),
        new("/intake/{Id:int}", "manager", "/intake/{submission}"),
        new("/overview", "manager", "/overview"),
        new("/overview", "parent", "/overview"),
        new("/overview", "halong", "/overview"),
        new("/overview", "fisheries", "/overview"),
        new("/overview/{Code}", "parent", "/overview/MAU-A"),
        new("/duties", "company", "/duties"),
        new("/duties", "admin", "/duties?view=board"),
        new("/desk/{Id:int}", "admin", "/desk/{desk_item}"),
        new("/accounts/{Name}", "admin", "/accounts/company"),
        new("/accounts/requests/{Id:int}", "company", "/accounts/requests/{account_request}"),
        new("/organisations/{Code}", "admin", "/organisations/MAU-A"),
        new("/organisations/who-sees", "admin", "/organisations/who-sees"),
        new("/organisations/who-sees", "admin", "/organisations/who-sees?view=account"),
        new("/standards/{Slug}", "manager", "/standards/qcvn-08-2023-btnmt"),
    ];

    /// <summary>The route of every page, by alphabet.</summary>
    public static IReadOnlyList<string> Routes { get; } =
        [.. typeof(Routes).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Order(StringComparer.Ordinal)];

    /// <summary>Every page as somebody sees it.</summary>
    public static IReadOnlyList<SeenPage> Seen { get; } =
        [.. Routes.Where(route => !route.Contains('{', StringComparison.Ordinal) && !Array.Exists(Chosen, page => page.Route == route)).Select(route => new SeenPage(route, "admin", route)), .. Chosen];
}

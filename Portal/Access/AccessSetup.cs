using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Access;

/// <summary>Registers the database as accesses see it, accounts, sign-in and the keys of the cookies.</summary>
public static class AccessSetup
{
    private const string CookieOrToken = "cookie-or-token";

    /// <param name="connectionString">The connection string of a login by its name.</param>
    public static void AddAccess(this IServiceCollection services, Func<string, string> connectionString)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PortalDatabase(connectionString));
        services.AddDbContextFactory<SystemDb>(options => options.UseNpgsql(connectionString("quantrac_system")));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContext());
        services.AddScoped<CurrentAccess>();
        services.AddSingleton(SessionLimits.FromEnvironment());
        services.TryAddSingleton(_ => AdminAddresses.FromEnvironment());
        services.AddScoped<IClaimsTransformation, FromAddress>();
        services.AddDataProtection().SetApplicationName("QuanTrac");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new KeyRepository(provider.GetRequiredService<IDbContextFactory<SystemDb>>())));
        AddIdentity(services);
        // Every page and endpoint asks for a signed-in account unless it says otherwise.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.Password.RequiredLength = 12;
                // Length and a list of common passwords guard better than rules about characters.
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireDigit = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireLowercase = false;
                options.User.RequireUniqueEmail = false;
            })
            .AddSignInManager()
            .AddPasswordValidator<PasswordRules>()
            .AddClaimsPrincipalFactory<AccountPrincipal>();
        services.AddScoped<IUserStore<Account>, AccountStore>();
        // People come with a cookie, programs with a token.
        var authentication = services.AddAuthentication(CookieOrToken);
        authentication.AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector = context =>
            TokenAuthentication.IsBrought(context.Request) ? TokenAuthentication.Name : IdentityConstants.ApplicationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        authentication.AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "quantrac";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/not-found";
            options.ReturnUrlParameter = "returnUrl";
            // The session says when it is over (account_session), not the cookie.
            options.ExpireTimeSpan = TimeSpan.FromDays(2);
            options.SlidingExpiration = false;
            // Replaced by the check of the session where the portal really runs (AddSessions); a copy on trial has none.
            options.Events.OnValidatePrincipal = _ => Task.CompletedTask;
            // Data and endpoints answer with a status, pages with the way to sign in.
            options.Events.OnRedirectToLogin = context =>
            {
                if (context.Request.Path.StartsWithSegments("/map/sites") || !HttpMethods.IsGet(context.Request.Method))
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else
                    context.Response.Redirect(SessionSetup.EndOf(context.HttpContext) is { } ended
                        ? SessionBook.DoorAfter(ended, context.Request.Path + context.Request.QueryString) : context.RedirectUri);
                return Task.CompletedTask;
            };
        });
        // Between password and code.
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie.Name = "quantrac-step";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        });
    }
}

using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Access;

/// <summary>Registers what ends sessions: of a request at its cookie, of a circuit at its wire.</summary>
public static class SessionSetup
{
    private static readonly object Ended = new();

    public static void AddSessions(this IServiceCollection services)
    {
        services.TryAddSingleton(CircuitLimits.Usual);
        services.AddSingleton<SessionBook>().AddSingleton<OpenCircuits>().AddSingleton<SessionConnections>();
        AddMarkers(services);
        services.AddScoped<SessionCircuit>().AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<SessionCircuit>());
        services.AddOptions<HubOptions>().Configure<SessionConnections, SessionMarkers>((options, wires, markers) =>
        {
            options.AddFilter(wires);
            options.AddFilter(markers);
        });
        services.AddHostedService<SessionWatch>();
        services.AddOptions<CookieAuthenticationOptions>(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme)
            .Configure<SessionBook, AdminAddresses>((options, book, addresses) => options.Events.OnValidatePrincipal = context => ValidateAsync(context, book, addresses));
    }

    // In the place of the provider that was registered, around it.
    private static void AddMarkers(IServiceCollection services)
    {
        var plain = services.Last(service => service.ServiceType == typeof(IDataProtectionProvider)).ImplementationFactory!;
        services.AddSingleton(provider => new SessionMarkers((IDataProtectionProvider)plain(provider), provider.GetRequiredService<IHttpContextAccessor>()));
        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(provider => provider.GetRequiredService<SessionMarkers>()));
    }

    /// <summary>Leads whoever has too many pages open to a sentence that says so, before a page that would stay empty.</summary>
    public static void UseCircuitLimits(this WebApplication app)
    {
        var wires = app.Services.GetRequiredService<SessionConnections>();
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata is not { } about || about.GetMetadata<ComponentTypeMetadata>() is null
                || about.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is not null || SessionBook.Of(context.User) is null || wires.HasRoomFor(context.User))
            {
                await next(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "180";
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(context.RequestServices.GetRequiredService<IStringLocalizer<ShellTexts>>()["TooManyPages"], context.RequestAborted);
        });
    }

    /// <summary>Why the session that the cookie of this request names is over; null where there was no cookie or it is open.</summary>
    public static string? EndOf(HttpContext context) => context.Items.TryGetValue(Ended, out var reason) ? (string?)reason : null;

    // A form, or the page's word that somebody moved (POST /activity). What pages fetch by themselves, and the wire of a page that draws itself anew, would
    // keep a session alive before an empty chair.
    private static bool IsOfAPerson(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.Path.StartsWithSegments("/_blazor");

    private static async Task ValidateAsync(CookieValidatePrincipalContext context, SessionBook book, AdminAddresses addresses)
    {
        // A script or a picture is the same for everybody. Where the database cannot be asked, the request ends there (AwayAnswer) and the cookie stays.
        if (Shell.NeedsNoDatabase.Is(context.HttpContext))
        {
            context.RejectPrincipal();
            return;
        }
        var session = SessionBook.Of(context.Principal);
        var end = session is { } named ? await book.EndOfAsync(named, context.HttpContext.RequestAborted) : SessionBook.Unknown;
        // A cookie that was carried elsewhere opens nothing there.
        if (end is null && !addresses.Allow(AccessClaims.Read(context.Principal!)?.Role, context.HttpContext.Connection.RemoteIpAddress))
            end = SessionBook.Unknown;
        if (end is null)
        {
            if (IsOfAPerson(context.Request))
                book.Use(session!.Value);
            return;
        }
        context.HttpContext.Items[Ended] = end;
        context.RejectPrincipal();
    }
}

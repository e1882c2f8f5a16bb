using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace QuanTrac.Portal.Access;

/// <summary>Registers what ends sessions: of a request at its cookie, of a circuit at its wire.</summary>
public static class SessionSetup
{
    private static readonly object Ended = new();

    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionBook>().AddSingleton<OpenCircuits>().AddSingleton<SessionConnections>();
        services.AddScoped<CircuitHandler, SessionCircuit>();
        services.AddOptions<HubOptions>().Configure<SessionConnections>((options, wires) => options.AddFilter(wires));
        services.AddHostedService<SessionWatch>();
        services.AddOptions<CookieAuthenticationOptions>(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme)
            .Configure<SessionBook, AdminAddresses>((options, book, addresses) => options.Events.OnValidatePrincipal = context => ValidateAsync(context, book, addresses));
    }

    /// <summary>Why the session that the cookie of this request names is over; null where there was no cookie or it is open.</summary>
    public static string? EndOf(HttpContext context) => context.Items.TryGetValue(Ended, out var reason) ? (string?)reason : null;

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
            book.Use(session!.Value);
            return;
        }
        context.HttpContext.Items[Ended] = end;
        context.RejectPrincipal();
    }
}

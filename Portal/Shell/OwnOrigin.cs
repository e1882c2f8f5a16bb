using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Shell;

/// <summary>Marks an address that changes something although it is a GET: pages of others may not even lead there.</summary>
public sealed class FromOwnPagesOnly;

/// <summary>Hears what the portal's own pages send, and what programs send; not what the page of another site sends through somebody's browser, be it a
/// sibling of the same domain, which SameSite lets through. Browsers say who sends, and no page can make them say otherwise.</summary>
public sealed class OwnOrigin(Uri? publicAddress, ILogger<OwnOrigin> log)
{
    private const string Circuit = "/_blazor";

    // Enough to see a proxy that is not set, too few to fill a log.
    private const int ToldAtMost = 20;

    private readonly ConcurrentDictionary<string, bool> told = new();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var refusal = !IsOurs(context.Request.Host) ? (StatusCodes.Status421MisdirectedRequest, "Foreign.Host")
            : IsForeign(context) ? (StatusCodes.Status403Forbidden, "Foreign.Origin") : ((int, string)?)null;
        if (refusal is not var (status, text))
        {
            await next(context);
            return;
        }
        Tell(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(context.RequestServices.GetRequiredService<IStringLocalizer<ShellTexts>>()[text], context.RequestAborted);
    }

    // Where the portal has an address, it answers under no other name: a name of somebody's own that leads here (DNS rebinding) would make their page ours.
    // A number is nobody's to let lead elsewhere.
    private bool IsOurs(HostString host) => publicAddress is null || !host.HasValue || host.Host == "localhost"
        || IPAddress.TryParse(host.Host.Trim('[', ']'), out _) || host.Host.Equals(publicAddress.IdnHost, StringComparison.OrdinalIgnoreCase);

    private bool IsForeign(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count > 0)
            return !IsOwn(request.Headers.Origin.ToString(), request);
        return request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none") && !IsVisit(context);
    }

    // Somebody follows a link to us: the page opens on its own, and whoever led here sees nothing of it.
    private static bool IsVisit(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && !context.Request.Path.StartsWithSegments(Circuit)
        && context.Request.Headers["Sec-Fetch-Mode"] == "navigate" && context.Request.Headers["Sec-Fetch-Dest"] == "document"
        && context.GetEndpoint()?.Metadata.GetMetadata<FromOwnPagesOnly>() is null;

    private bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var sender) && sender.Scheme is "http" or "https"
        && (Same(sender, publicAddress) || (Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here) && Same(sender, here)));

    private static bool Same(Uri sender, Uri? own) =>
        own is not null && sender.Scheme == own.Scheme && sender.Port == own.Port && sender.IdnHost.Equals(own.IdnHost, StringComparison.OrdinalIgnoreCase);

    private void Tell(HttpContext context)
    {
        var (host, origin) = (context.Request.Host.ToString(), context.Request.Headers.Origin.ToString());
        if (told.Count < ToldAtMost && told.TryAdd($"{origin} {host}", true))
            log.LogWarning("Refused what \"{Origin}\" sent to {Scheme}://{Host}. If that is the portal's own address, QUANTRAC_ADDRESS or QUANTRAC_PROXIES is not set.",
                origin, context.Request.Scheme, host);
    }
}

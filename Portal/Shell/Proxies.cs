using Microsoft.AspNetCore.HttpOverrides;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Shell;

/// <summary>Proxies in front of the portal: who came, and over which scheme, is taken from their headers, and from nobody else's.</summary>
public static class Proxies
{
    public const string Variable = "QUANTRAC_PROXIES";

    /// <param name="list">The networks of the proxies; none: the headers count for nothing.</param>
    /// <exception cref="InvalidOperationException">A part is no address and no network.</exception>
    public static void UseProxies(this IApplicationBuilder app, string? list)
    {
        var networks = Networks.Read(Variable, list);
        if (networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}

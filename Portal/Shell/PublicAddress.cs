namespace QuanTrac.Portal.Shell;

/// <summary>The address under which people know the portal (QUANTRAC_ADDRESS), where it is told.</summary>
public static class PublicAddress
{
    public const string Variable = "QUANTRAC_ADDRESS";

    /// <exception cref="InvalidOperationException">It is no address of http or https.</exception>
    public static Uri? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new InvalidOperationException($"{Variable}: \"{text}\" is no address such as https://quantrac.example.vn.");

    /// <summary>Whether people come by https, whatever the wire to the portal itself is.</summary>
    public static bool IsSecure(this PortalSettings settings) => settings.PublicAddress?.Scheme == Uri.UriSchemeHttps;

    /// <summary>What comes under the public name came the public way: a proxy that ends TLS in front need not say so again.</summary>
    public static void UsePublicAddress(this IApplicationBuilder app, Uri? address)
    {
        if (address?.Scheme != Uri.UriSchemeHttps)
            return;
        app.Use((context, next) =>
        {
            if (context.Request.Host.Host.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase))
                context.Request.Scheme = Uri.UriSchemeHttps;
            return next(context);
        });
    }
}

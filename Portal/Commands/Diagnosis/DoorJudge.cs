using System.Net;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>What of the portal can be reached from where, as its settings say.</summary>
/// <param name="Listen">The address that it listens on.</param>
/// <param name="Address">QUANTRAC_ADDRESS, what people type; null where it is not set.</param>
/// <param name="Proxies">QUANTRAC_PROXIES.</param>
/// <param name="AdminAddresses">QUANTRAC_ADMIN_ADDRESSES.</param>
/// <param name="ForwardedByAnybody">ASPNETCORE_FORWARDEDHEADERS_ENABLED: the framework would then believe whoever sends X-Forwarded-For.</param>
public sealed record DoorSettings(string Listen, string? Address, string? Proxies, string? AdminAddresses, string? ForwardedByAnybody);

/// <summary>Whether people come in encrypted, from where they say, and administrators from where they may.</summary>
public static class DoorJudge
{
    public static IEnumerable<Finding> Of(DoorSettings door)
    {
        var address = Uri.TryCreate(door.Address, UriKind.Absolute, out var given) ? given : null;
        var isFar = !(IPAddress.TryParse(door.Listen, out var listen) && IPAddress.IsLoopback(listen));
        yield return door.Address is null ? isFar ? Finding.Red("Address.UnsetFar", door.Listen) : Finding.Yellow("Address.Unset")
            : address is null ? Finding.Red("Address.Invalid", door.Address)
            : address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback ? Finding.Red("Address.Bare", door.Address)
            : address.Scheme != Uri.UriSchemeHttps ? Finding.Yellow("Address.Here", door.Address)
            : Finding.Green("Address.Well", door.Address);
        var isPublished = isFar || address is { IsLoopback: false };
        yield return Given(door.Proxies) ? Finding.Green("Proxies.Well", door.Proxies!)
            : isPublished ? Finding.Red("Proxies.Unset", door.Listen)
            : Finding.Green("Proxies.Here", door.Listen);
        if (string.Equals(door.ForwardedByAnybody, "true", StringComparison.OrdinalIgnoreCase))
            yield return Finding.Red("Proxies.Anybody");
        yield return Given(door.AdminAddresses) ? Finding.Green("AdminAddresses.Well", door.AdminAddresses!)
            : isPublished ? Finding.Red("AdminAddresses.Unset") : Finding.Yellow("AdminAddresses.Here");
    }

    private static bool Given(string? list) => !string.IsNullOrWhiteSpace(list);
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace QuanTrac.Portal.Access;

/// <summary>Networks: those named in the environment ("10.0.0.0/8, 192.168.1.7"), and the one that an address counts as.</summary>
public static class Networks
{
    // What a household or a rented machine is given of IPv6: whoever has one such network has 2^64 addresses.
    private const int OwnBits = 64;

    /// <param name="variable">Where the list stands, for the message.</param>
    /// <exception cref="InvalidOperationException">A part is no address and no network.</exception>
    public static IReadOnlyList<IPNetwork> Read(string variable, string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => One(variable, part))];

    /// <summary>What counts as one place wherever something is counted by address: an address of IPv4, the first 64 bits of IPv6.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, OwnBits / 8, bytes.Length - OwnBits / 8);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{OwnBits}");
    }

    private static IPNetwork One(string variable, string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{variable}: \"{text}\" is no address and no network.");
}

using System.Net;

namespace QuanTrac.Portal.Access;

/// <summary>Lists of networks in the environment: "10.0.0.0/8, 192.168.1.7".</summary>
public static class Networks
{
    /// <param name="variable">Where the list stands, for the message.</param>
    /// <exception cref="InvalidOperationException">A part is no address and no network.</exception>
    public static IReadOnlyList<IPNetwork> Read(string variable, string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => One(variable, part))];

    private static IPNetwork One(string variable, string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{variable}: \"{text}\" is no address and no network.");
}

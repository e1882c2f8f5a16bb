using System.Net;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Access;

/// <summary>The networks from which administrators may come in, where any are set (checklist S10).</summary>
public sealed class AdminAddresses(IReadOnlyList<IPNetwork> networks)
{
    public const string Variable = "QUANTRAC_ADMIN_ADDRESSES";

    /// <summary>Of the environment: "10.0.0.0/8, 192.168.1.7"; everywhere where it says nothing.</summary>
    /// <exception cref="InvalidOperationException">A part is no address and no network.</exception>
    public static AdminAddresses FromEnvironment() => Of(Environment.GetEnvironmentVariable(Variable));

    /// <inheritdoc cref="FromEnvironment"/>
    public static AdminAddresses Of(string? list) => new(Networks.Read(Variable, list));

    /// <summary>Whether somebody of a role may be let in from an address.</summary>
    public bool Allow(Role? role, IPAddress? from) =>
        role != Role.Admin || networks.Count == 0 || (from is not null && networks.Any(network => network.Contains(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)));
}

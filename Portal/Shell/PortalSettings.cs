using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Shell;

/// <summary>What the web host is told by whoever starts it.</summary>
/// <param name="Logins">How each database login connects.</param>
/// <param name="Data">Where files are kept.</param>
/// <param name="Address">The address to listen on.</param>
/// <param name="Demo">Whether demo data are shown, with a banner on every page.</param>
public sealed record PortalSettings(DatabaseLogins Logins, DataFolder Data, string Address, bool Demo)
{
    /// <summary>Whether this node runs jobs; off for a copy that is only looked at.</summary>
    public bool Jobs { get; init; } = true;

    /// <summary>The agency's own sign-in, where there is one.</summary>
    public AgencySettings? Agency { get; init; } = AgencySettings.FromEnvironment();

    /// <summary>From where administrators may come.</summary>
    public AdminAddresses Administrators { get; init; } = AdminAddresses.FromEnvironment();

    /// <summary>Networks of the proxies in front, where there are any.</summary>
    public string? Proxies { get; init; } = Environment.GetEnvironmentVariable(Shell.Proxies.Variable);

    /// <summary>The address under which people know the portal, where it is told.</summary>
    public Uri? PublicAddress { get; init; } = Shell.PublicAddress.FromEnvironment();

    /// <summary>The private cluster, which the portal keeps alive; null where the server is not ours.</summary>
    public ClusterUse? Cluster { get; init; }

    /// <summary>What looks through the files that people send, where it is set.</summary>
    public ClamScan Scan { get; init; } = ClamScan.FromEnvironment();

    /// <summary>Free space that people's files leave alone; as the environment says where it is null.</summary>
    public DiskReserve? Reserve { get; init; }

    /// <summary>Set only where a restored copy is tried: nothing runs by itself, nothing is written, and the ticket lets in once.</summary>
    public ProofTicket? Proof { get; init; }
}

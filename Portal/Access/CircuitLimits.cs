namespace QuanTrac.Portal.Access;

/// <summary>How many pages may be open at once on a node: each holds up to a megabyte and a half.</summary>
/// <param name="OfSession">Of one session of an account with duties.</param>
/// <param name="OfGuest">Of one session of a guest, of whom there may be any number.</param>
/// <param name="OfGuestNetwork">Of all guests from one network.</param>
/// <param name="OfNode">Of all.</param>
public sealed record CircuitLimits(int OfSession, int OfGuest, int OfGuestNetwork, int OfNode)
{
    /// <summary>Pages whose browser went away without a word are kept for when it comes back, but no more of them than these.</summary>
    public const int Kept = 50;

    public static CircuitLimits Usual { get; } = new(40, 12, 60, 1000) { OfAccount = 80 };

    /// <summary>Of one account with duties, however often it signed in.</summary>
    public int OfAccount { get; init; } = int.MaxValue;

    /// <summary>Whether one more may be opened beside those that are open.</summary>
    public bool Allow(Visitor one, IReadOnlyCollection<Visitor> open) => open.Count < OfNode
        && open.Count(other => other.Session == one.Session) < (one.Guest ? OfGuest : OfSession)
        && (one.Account is null || open.Count(other => other.Account == one.Account) < OfAccount)
        && (!one.Guest || open.Count(other => other.Guest && other.Network == one.Network) < OfGuestNetwork);

    /// <summary>Whose page it is.</summary>
    /// <param name="Account">Null of guests: one account may serve many of them.</param>
    public sealed record Visitor(Guid? Session, bool Guest, string Network, int? Account = null);
}

using System.Security.Cryptography;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Lets one visitor into a portal that tries a copy, once. It lives in memory only, and a normal portal has no door for it.</summary>
public sealed class ProofTicket
{
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private int used;

    /// <summary>64 hexadecimal digits.</summary>
    public string Text => Convert.ToHexStringLower(secret);

    /// <summary>True for the right ticket, the first time.</summary>
    public bool TryUse(string? shown) =>
        shown is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(shown), System.Text.Encoding.ASCII.GetBytes(Text))
        && Interlocked.Exchange(ref used, 1) == 0;
}

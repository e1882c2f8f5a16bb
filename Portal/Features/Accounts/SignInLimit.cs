using System.Net;
using System.Threading.RateLimiting;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How often one address may try to sign in: lockout guards one account, this guards against one password tried on all of them.</summary>
public sealed class SignInLimit : IDisposable
{
    private const int AttemptsPerMinute = 30;

    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts an attempt of this address; false where it was one too many.</summary>
    public bool Allows(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

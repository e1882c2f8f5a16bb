using System.Net;
using System.Threading.RateLimiting;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How often one network may try to sign in: lockout guards one account, this guards against one password tried on all of them.</summary>
public sealed class SignInLimit : IDisposable
{
    private const int AttemptsPerMinute = 30;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts an attempt of this address's network; false where it was one too many.</summary>
    public bool Allows(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(Networks.Of(address));
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

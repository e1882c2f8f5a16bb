using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>A token that opens now.</summary>
/// <param name="CallsAMinute">How often it may ask.</param>
public sealed record OpenToken(int Id, string Name, int Account, int CallsAMinute);

/// <summary>Finds what a program brings instead of a cookie. Only hashes are kept, so nobody reads a token out of the database.</summary>
public sealed class ApiTokens(PortalDatabase database, TimeProvider clock) : IDisposable
{
    private const string Start = "qt_";

    private readonly PartitionedRateLimiter<OpenToken> limiter = PartitionedRateLimiter.Create<OpenToken, (int, int)>(token =>
        RateLimitPartition.GetFixedWindowLimiter((token.Id, token.CallsAMinute), _ => new() { PermitLimit = token.CallsAMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>A new one, of 256 bits.</summary>
    public static string New() => Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Null where it opens nothing: unknown, revoked, over, or its account is closed or the document that allows it holds no longer today. That it was used is written down once a minute at most.</summary>
    public async Task<OpenToken?> FindAsync(string token, string from, CancellationToken cancel)
    {
        if (!token.StartsWith(Start, StringComparison.Ordinal))
            return null;
        await using var system = await database.OpenSystemAsync(cancel);
        var now = clock.GetUtcNow();
        var (found, usedAt) = (await system.ListAsync(
            """
            SELECT id, name, account_id, (SELECT value FROM sign_in_rule WHERE code = 'token_calls_a_minute'), used_at FROM api_token
            WHERE sha256 = $1 AND revoked_at IS NULL AND expires_on >= portal_today() AND portal_account_open(account_id) AND portal_authority_holds(authority_id)
            """,
            row => (new OpenToken(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3)), row.IsDBNull(4) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(4)),
            cancel, HashOf(token))).FirstOrDefault();
        if (found is not null && (usedAt is null || usedAt <= now.AddMinutes(-1)))
        {
            await system.ExecuteAsync(
                "UPDATE api_token SET used_at = $2, used_from = $3 WHERE id = $1 AND (used_at IS NULL OR used_at <= $4)", cancel, found.Id, now, from, now.AddMinutes(-1));
        }
        return found;
    }

    /// <summary>Counts a call; false where it was one too many.</summary>
    public bool Allows(OpenToken token)
    {
        using var lease = limiter.AttemptAcquire(token);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>The secret address under which a calendar program reads the duties of one account. Shown once; only its hash is kept.</summary>
public sealed class CalendarAddress(PortalDatabase database, UserManager<Account> accounts, TimeProvider clock)
{
    /// <summary>Since when the account has an address; null where it has none.</summary>
    public async Task<DateTimeOffset?> SinceAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var system = await database.OpenSystemAsync(cancel);
        return (await system.ListAsync(
            "SELECT created_at FROM calendar_token WHERE account_id = $1 AND revoked_at IS NULL", row => (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(0),
            cancel, access.AccountId ?? 0)).FirstOrDefault();
    }

    /// <summary>Makes a new address; one made before opens nothing any more.</summary>
    /// <returns>Path from the root.</returns>
    public async Task<string> MakeAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        // 256 bits: nobody guesses it.
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await RevokeAsync(access, cancel);
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("INSERT INTO calendar_token (account_id, sha256, created_at) VALUES ($1, $2, $3)", cancel, access.AccountId ?? 0, HashOf(token), clock.GetUtcNow());
        return $"/duties/calendar/{token}.ics";
    }

    /// <summary>Closes the address.</summary>
    public async Task RevokeAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("UPDATE calendar_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL", cancel, access.AccountId ?? 0, clock.GetUtcNow());
    }

    /// <summary>Whose calendar a token opens, in which language; null where it opens none: revoked, unknown, or its account is closed today.</summary>
    public async Task<(Domain.Access.Access Access, string Language)?> FindAsync(string token, CancellationToken cancel)
    {
        if (token.Length != 64 || !token.All(char.IsAsciiHexDigitLower))
            return null;
        await using var system = await database.OpenSystemAsync(cancel);
        var (name, language) = (await system.ListAsync(
            """
            UPDATE calendar_token t SET used_at = $2 FROM account a LEFT JOIN notice_choice c ON c.account_id = a.id
            WHERE t.sha256 = $1 AND t.revoked_at IS NULL AND a.id = t.account_id AND a.role <> 'guest' AND portal_account_open(a.id)
            RETURNING a.user_name, coalesce(c.language, 'vi')
            """,
            row => (row.GetString(0), row.GetString(1)), cancel, HashOf(token), clock.GetUtcNow())).FirstOrDefault();
        return name is not null && await AccountAccess.FindAsync(database, accounts, name, cancel) is { } access ? (access, language) : null;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}

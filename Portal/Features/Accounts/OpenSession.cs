using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>How somebody came in.</summary>
public enum SignInWay
{
    /// <summary>With a password alone.</summary>
    Password,

    /// <summary>With a password and a code.</summary>
    Code,
    Passkey,

    /// <summary>Signed in by their agency (OpenID Connect).</summary>
    Agency,
}

/// <summary>The last step of every way in: a session of its own, and the cookie that names it. What was in the browser before counts for nothing.</summary>
public sealed class OpenSession(SignInManager<Account> signIn, PortalDatabase database, SessionLimits limits, AdminAddresses addresses, KnownDevice devices,
    WriteAudit audit, TimeProvider clock)
{
    // What browsers say of themselves is long; its beginning tells one device from another.
    private const int DeviceCap = 200;

    /// <summary>Opens it for an account whose right to come in has been proven. False where the account is locked, has expired or left, and where an
    /// administrator comes from an address that is not for them, or by a way that knows no second step of ours.</summary>
    public async Task<bool> RunAsync(HttpContext context, Account account, SignInWay way)
    {
        var isAdministrator = account.Role == "admin";
        if (isAdministrator && (way == SignInWay.Agency || !addresses.Allow(Role.Admin, context.Connection.RemoteIpAddress)))
        {
            await audit.BySystemAsync("sign-in-refused", account.UserName!, context, account.Id, account.OrganisationCode);
            return false;
        }
        if (!await IsOpenAsync(account.Id, context.RequestAborted))
        {
            await audit.BySystemAsync("sign-in-failed", account.UserName!, context, account.Id, account.OrganisationCode);
            return false;
        }
        var session = Guid.NewGuid();
        var now = clock.GetUtcNow();
        var device = WriteAudit.OneLine(context.Request.Headers.UserAgent.ToString());
        string? stamp;
        await using (var connection = await database.OpenSystemAsync(context.RequestAborted))
        {
            stamp = await connection.ScalarAsync<string>(
                """
                WITH before AS (UPDATE account_session SET ended_at = $6, end_reason = 'signed_out' WHERE id = $8 AND ended_at IS NULL),
                opened AS (
                    INSERT INTO account_session (id, account_id, way, from_address, device, started_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7))
                UPDATE account SET last_seen_at = $6 WHERE id = $2 RETURNING coalesce(security_stamp, '')
                """, context.RequestAborted, session, account.Id, way.ToString().ToLowerInvariant(), context.Connection.RemoteIpAddress?.ToString() ?? "",
                device.Length > DeviceCap ? device[..DeviceCap] : device, now, now + limits.Longest,
                SessionBook.Of(context.User));
        }
        await audit.BySystemAsync("signed-in", account.UserName!, context, account.Id, account.OrganisationCode);
        await signIn.SignInWithClaimsAsync(account, isPersistent: false, [new(AccessClaims.Session, session.ToString("D", CultureInfo.InvariantCulture))]);
        devices.Remember(context, account.Id, stamp ?? "");
        return true;
    }

    /// <summary>Whether an account opens today: not locked, expired or left, nor its organisation ended.</summary>
    public async Task<bool> IsOpenAsync(int account, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ScalarAsync<bool>("SELECT portal_account_open($1)", cancel, account);
    }
}

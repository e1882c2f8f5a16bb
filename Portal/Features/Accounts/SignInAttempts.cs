using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Counts what is tried on an account, passwords and codes alike. An attempt is taken before it is looked at: of many at once, on whatever
/// node, only as many are looked at as may be wrong.</summary>
public sealed class SignInAttempts(PortalDatabase database, IOptions<IdentityOptions> options, TimeProvider clock)
{
    /// <summary>False where there is none left, or the account does not open today.</summary>
    public async Task<bool> TakeAsync(int account, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ExecuteAsync(
            """
            UPDATE account SET
                access_failed_count = CASE WHEN lockout_end IS NULL THEN access_failed_count + 1 ELSE 1 END,
                lockout_end = CASE WHEN lockout_end IS NULL AND access_failed_count + 1 >= $3 THEN $4::timestamptz END
            WHERE id = $1 AND (lockout_end IS NULL OR lockout_end <= $2) AND portal_account_open(id)
            """,
            cancel, account, clock.GetUtcNow(), options.Value.Lockout.MaxFailedAccessAttempts, clock.GetUtcNow() + options.Value.Lockout.DefaultLockoutTimeSpan) == 1;
    }

    /// <summary>It was right, but there is more to prove: wrong codes still count together.</summary>
    public async Task GiveBackAsync(int account, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("UPDATE account SET access_failed_count = greatest(access_failed_count - 1, 0), lockout_end = NULL WHERE id = $1", cancel, account);
    }

    /// <summary>All was right.</summary>
    public async Task ForgetAsync(int account, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("UPDATE account SET access_failed_count = 0, lockout_end = NULL WHERE id = $1", cancel, account);
    }
}

using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Every way into an account but its password and second step.</summary>
internal static class AccountDoors
{
    /// <summary>What was opened is closed, and what could open it opens nothing more: sessions, passkeys, tokens, the address of the calendar. A new stamp makes worthless
    /// whatever bears the old one. In the caller's transaction.</summary>
    /// <param name="reason">Why, as a token shows it.</param>
    public static async Task CloseAsync(NpgsqlConnection system, int account, string by, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        await OwnSessions.EndAllAsync(system, account, now, "rights", cancel);
        await system.ExecuteAsync("DELETE FROM account_passkey WHERE account_id = $1", cancel, account);
        await system.ExecuteAsync(
            "UPDATE api_token SET revoked_at = $2, revoked_by = $3, revoked_reason = $4 WHERE account_id = $1 AND revoked_at IS NULL", cancel, account, now, by, reason);
        await system.ExecuteAsync("UPDATE calendar_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL", cancel, account, now);
        // Whoever has it now is not whoever had it before, until a day has shown otherwise.
        await system.ExecuteAsync("UPDATE account SET renewed_at = clock_timestamp() WHERE id = $1", cancel, account);
    }
}

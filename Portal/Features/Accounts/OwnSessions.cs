using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>An open session of one's own account.</summary>
public sealed record OwnSession(Guid Id, SignInWay Way, string From, string Device, DateTimeOffset StartedAt, DateTimeOffset SeenAt);

/// <summary>Where one's own account is signed in, and the ending of it.</summary>
public sealed class OwnSessions(PortalDatabase database, TimeProvider clock)
{
    private const int Cap = 50;

    public async Task<IReadOnlyList<OwnSession>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT id, way, from_address, device, started_at, seen_at FROM account_session
            WHERE account_id = $1 AND ended_at IS NULL AND ends_at > $2 ORDER BY seen_at DESC, id LIMIT $3
            """,
            row => new OwnSession(row.GetGuid(0), Enum.Parse<SignInWay>(row.GetString(1), ignoreCase: true), row.GetString(2), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)), cancel, access.AccountId ?? 0, clock.GetUtcNow(), Cap);
    }

    /// <summary>Ends another one; a session of another account is not there.</summary>
    public async Task EndAsync(Domain.Access.Access access, Guid session, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        if (!await EndOwnAsync(access, session, cancel))
            return;
        await using var system = await database.OpenSystemAsync(cancel);
        await WriteAudit.AsAsync(system, access, "session-ended", access.AccountName);
    }

    /// <summary>Ends the one of somebody who signs out; false where it is not there.</summary>
    public async Task<bool> EndOwnAsync(Domain.Access.Access access, Guid session, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ExecuteAsync(
            "UPDATE account_session SET ended_at = $3, end_reason = 'signed_out' WHERE id = $1 AND account_id = $2 AND ended_at IS NULL",
            cancel, session, access.AccountId ?? 0, clock.GetUtcNow()) == 1;
    }

    /// <summary>Ends all, this one too; cookies from before bear the old stamp.</summary>
    public async Task EndEverywhereAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        await EndAllAsync(system, access.AccountId ?? 0, clock.GetUtcNow(), "everywhere", cancel);
        await WriteAudit.AsAsync(system, access, "signed-out-everywhere", access.AccountName);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>In the caller's transaction.</summary>
    internal static async Task EndAllAsync(NpgsqlConnection system, int account, DateTimeOffset now, string reason, CancellationToken cancel)
    {
        await system.ExecuteAsync("UPDATE account_session SET ended_at = $2, end_reason = $3 WHERE account_id = $1 AND ended_at IS NULL", cancel, account, now, reason);
        await system.ExecuteAsync("UPDATE account SET security_stamp = $2 WHERE id = $1", cancel, account, Guid.NewGuid().ToString("N"));
    }
}

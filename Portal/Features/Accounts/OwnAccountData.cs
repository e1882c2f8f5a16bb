using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What the portal says to somebody of their own account.</summary>
/// <param name="CodesLeft">Recovery codes that still open.</param>
public sealed record OwnAccount(string Name, string DisplayName, DateOnly? ValidUntil, DateTimeOffset? PasswordChangedAt, bool SecondStep, int CodesLeft);

/// <summary>A token that was granted to an account; what it is itself nobody knows any more.</summary>
public sealed record GrantedToken(
    int Id, string Account, string Name, string DocumentNumber, DateOnly DocumentDate, string GrantedBy, DateTimeOffset GrantedAt, DateOnly ExpiresOn,
    DateTimeOffset? RevokedAt, string RevokedBy, string RevokedReason, DateTimeOffset? UsedAt, string UsedFrom);

/// <summary>A passkey as its owner knows it.</summary>
public sealed record OwnPasskey(byte[] Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>Reads one's own account.</summary>
public sealed class OwnAccountData(PortalDatabase database)
{
    private const int Cap = 100;

    public async Task<OwnAccount?> FindAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        return (await system.ListAsync(
            """
            SELECT user_name, display_name, valid_until, password_changed_at, two_factor_enabled,
                (SELECT count(*) FROM account_recovery_code c WHERE c.account_id = a.id AND c.used_at IS NULL)::int
            FROM account a WHERE id = $1
            """,
            row => new OwnAccount(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateOnly>(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4), row.GetInt32(5)), cancel, access.AccountId ?? 0)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<OwnPasskey>> PasskeysAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            "SELECT credential_id, name, created_at, used_at FROM account_passkey WHERE account_id = $1 ORDER BY created_at, credential_id LIMIT $2",
            row => new OwnPasskey(row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)),
            cancel, access.AccountId ?? 0, Cap);
    }

    public async Task RemovePasskeyAsync(Domain.Access.Access access, byte[] id, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await system.ExecuteAsync("DELETE FROM account_passkey WHERE credential_id = $1 AND account_id = $2", cancel, id, access.AccountId ?? 0) == 0)
            return;
        await WriteAudit.AsAsync(system, access, "passkey-removed", access.AccountName);
        await transaction.CommitAsync(cancel);
    }
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>Binds somebody whom the agency vouches for to an account that exists, or takes the bond away. One person, one account; administrators
/// sign in with password and code alone.</summary>
public sealed class BindAgency(PortalDatabase database, TimeProvider clock)
{
    /// <summary>False where the account is not there, is an administrator's, or one of the two is bound already.</summary>
    public async Task<bool> RunAsync(Domain.Access.Access access, int identity, string accountName, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // The account is held, so that two administrators do not bind it to two people.
        await connection.ExecuteAsync("SELECT FROM account WHERE normalized_user_name = upper($1) FOR UPDATE", cancel, accountName);
        var bound = await connection.ExecuteAsync(
            """
            INSERT INTO account_login (login_provider, provider_key, provider_display_name, user_id)
            SELECT i.issuer, i.subject, i.name, a.id FROM agency_identity AS i, account AS a
            WHERE i.id = $1 AND a.normalized_user_name = upper($2) AND a.role <> 'admin' AND portal_account_open(a.id)
                AND NOT EXISTS (SELECT FROM account_login AS l WHERE l.user_id = a.id)
            ON CONFLICT DO NOTHING
            """, cancel, identity, accountName);
        if (bound == 1)
        {
            var who = await connection.ScalarAsync<string>("SELECT coalesce(nullif(email, ''), subject) FROM agency_identity WHERE id = $1", cancel, identity);
            await WriteAudit.AsAsync(connection, access, "agency-bound", accountName, new { identity = who });
        }
        await transaction.CommitAsync(cancel);
        return bound == 1;
    }

    /// <summary>Takes the bond away; what was opened through it ends.</summary>
    public async Task<bool> UndoAsync(Domain.Access.Access access, int identity, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var name = await connection.ScalarAsync<string>(
            """
            WITH undone AS (
                DELETE FROM account_login AS l USING agency_identity AS i WHERE i.id = $1 AND l.login_provider = i.issuer AND l.provider_key = i.subject RETURNING l.user_id),
            ended AS (
                UPDATE account_session SET ended_at = $2, end_reason = 'rights' WHERE way = 'agency' AND ended_at IS NULL AND account_id = (SELECT user_id FROM undone))
            SELECT a.user_name FROM account AS a JOIN undone AS u ON u.user_id = a.id
            """, cancel, identity, clock.GetUtcNow());
        if (name is not null)
            await WriteAudit.AsAsync(connection, access, "agency-unbound", name);
        await transaction.CommitAsync(cancel);
        return name is not null;
    }
}

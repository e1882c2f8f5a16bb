using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Reads which tokens were granted.</summary>
public sealed class TokensData(PortalDatabase database)
{
    private const int Cap = 500;

    /// <summary>All, those that open first.</summary>
    public async Task<IReadOnlyList<GrantedToken>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT t.id, a.user_name, t.name, u.document_number, u.document_date, t.granted_by, t.granted_at, t.expires_on, t.revoked_at, t.revoked_by, t.revoked_reason, t.used_at, t.used_from
            FROM api_token t JOIN account a ON a.id = t.account_id JOIN authority u ON u.id = t.authority_id ORDER BY t.revoked_at IS NOT NULL, t.expires_on DESC, t.id DESC LIMIT $1
            """, Read, cancel, Cap);
    }

    /// <summary>Those of one's own account.</summary>
    public async Task<IReadOnlyList<GrantedToken>> MineAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT t.id, a.user_name, t.name, u.document_number, u.document_date, t.granted_by, t.granted_at, t.expires_on, t.revoked_at, t.revoked_by, t.revoked_reason, t.used_at, t.used_from
            FROM api_token t JOIN account a ON a.id = t.account_id JOIN authority u ON u.id = t.authority_id WHERE a.id = $2 ORDER BY t.revoked_at IS NOT NULL, t.expires_on DESC, t.id DESC LIMIT $1
            """, Read, cancel, Cap, access.AccountId ?? 0);
    }

    /// <summary>For how many days at most one is granted.</summary>
    public async Task<int> LongestAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ScalarAsync<int>("SELECT value FROM sign_in_rule WHERE code = 'token_days'", cancel);
    }

    private static GrantedToken Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateOnly>(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6),
        row.GetFieldValue<DateOnly>(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8), row.GetString(9), row.GetString(10),
        row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11), row.GetString(12));
}

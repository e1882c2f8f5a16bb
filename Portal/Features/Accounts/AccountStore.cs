using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Accounts as the framework reads them, with passkeys in a table of their own.</summary>
public sealed class AccountStore(SystemDb context, PortalDatabase database, TimeProvider clock) : UserOnlyStore<Account, SystemDb, int>(context)
{
    // Whoever has more has lost sight of them.
    private const int Cap = 20;

    /// <summary>A new one, or one that was just used.</summary>
    public override async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var system = await database.OpenSystemAsync(cancellationToken);
        await system.ExecuteAsync(
            """
            INSERT INTO account_passkey (credential_id, account_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (credential_id) DO UPDATE SET sign_count = excluded.sign_count, user_verified = excluded.user_verified, backed_up = excluded.backed_up, used_at = $13
            WHERE account_passkey.account_id = excluded.account_id
            """,
            cancellationToken, passkey.CredentialId, user.Id, passkey.Name ?? "", passkey.PublicKey, (long)passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified,
            passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson, passkey.CreatedAt.ToUniversalTime(), clock.GetUtcNow());
    }

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => await ListAsync(
        """
        SELECT credential_id, public_key, created_at, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, name
        FROM account_passkey WHERE account_id = $1 ORDER BY created_at, credential_id LIMIT $2
        """, cancellationToken, user.Id, Cap);

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => (await ListAsync(
        """
        SELECT credential_id, public_key, created_at, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, name
        FROM account_passkey WHERE account_id = $1 AND credential_id = $2
        """, cancellationToken, user.Id, credentialId)).FirstOrDefault();

    public override async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var system = await database.OpenSystemAsync(cancellationToken);
        var id = await system.ScalarAsync<int>("SELECT account_id FROM account_passkey WHERE credential_id = $1", cancellationToken, credentialId);
        return id == 0 ? null : await FindByIdAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
    }

    public override async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var system = await database.OpenSystemAsync(cancellationToken);
        await system.ExecuteAsync("DELETE FROM account_passkey WHERE account_id = $1 AND credential_id = $2", cancellationToken, user.Id, credentialId);
    }

    private async Task<List<UserPasskeyInfo>> ListAsync(string sql, CancellationToken cancel, params object?[] values)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(sql, Read, cancel, values);
    }

    private static UserPasskeyInfo Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<DateTimeOffset>(2), (uint)row.GetInt64(3), row.GetFieldValue<string[]>(4),
        row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), row.GetFieldValue<byte[]>(8), row.GetFieldValue<byte[]>(9))
    { Name = row.GetString(10) };
}

using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>The second administrator confirms, and the restore is carried out while the portal is closed to everybody.</summary>
public sealed class ConfirmRestore(BackupSettings settings, PortalDatabase database, RestoreBackup restore)
{
    /// <returns>Null where the request is not open any more, is one's own, or one of the two has no say (portal_second_person).</returns>
    /// <exception cref="BackupException">With what is wrong; the database is as it was.</exception>
    public async Task<RestoreOutcome?> RunAsync(Domain.Access.Access access, int request, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (await ConfirmAsync(access, request, cancel) is not { } backup)
            return null;
        await using var closed = new Maintenance(settings.Data.Path).Begin();
        try
        {
            return await restore.RunAsync(access, backup, into: null, progress, cancel);
        }
        catch (BackupException)
        {
            await using var db = await database.OpenAsync(access, CancellationToken.None);
            await db.Connection.ExecuteAsync("UPDATE restore_request SET state = 'failed' WHERE id = $1", CancellationToken.None, request);
            throw;
        }
    }

    private async Task<string?> ConfirmAsync(Domain.Access.Access access, int request, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var backup = await db.Connection.ScalarAsync<string>(
            """
            UPDATE restore_request SET state = 'confirmed', confirmed_by = $2, confirmed_name = $3, confirmed_at = clock_timestamp()
            WHERE id = $1 AND state = 'asked' AND NOT portal_word_lapsed(asked_at) AND portal_second_person(asked_by, $2, 'admin') = '' RETURNING backup
            """, cancel, request, access.AccountId ?? 0, access.AccountName);
        if (backup is not null)
            await WriteAudit.AsAsync(db.Connection, access, "restore-confirmed", backup, new { request });
        await transaction.CommitAsync(cancel);
        return backup;
    }
}

using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>The second administrator confirms, and the restore is carried out while the portal is closed to everybody.</summary>
public sealed class ConfirmRestore(PortalDatabase database, RestoreBackup restore)
{
    /// <returns>Null where the request is not open any more, is one's own, or one of the two has no say (portal_second_person).</returns>
    /// <exception cref="BackupException">With what is wrong; the database is as it was.</exception>
    public async Task<RestoreOutcome?> RunAsync(Domain.Access.Access access, int request, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (await ConfirmAsync(access, request, cancel) is not { } confirmed)
            return null;
        try
        {
            return await restore.RunAsync(access, confirmed.Backup, into: null, progress, cancel, new(confirmed.AskedBy, access.AccountName));
        }
        catch (BackupException)
        {
            await using var db = await database.OpenAsync(access, CancellationToken.None);
            await db.Connection.ExecuteAsync("UPDATE restore_request SET state = 'failed' WHERE id = $1", CancellationToken.None, request);
            throw;
        }
    }

    private async Task<(string Backup, string AskedBy)?> ConfirmAsync(Domain.Access.Access access, int request, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var found = await db.Connection.ListAsync(
            """
            UPDATE restore_request SET state = 'confirmed', confirmed_by = $2, confirmed_name = $3, confirmed_at = clock_timestamp()
            WHERE id = $1 AND state = 'asked' AND NOT portal_word_lapsed(asked_at) AND portal_second_person(asked_by, $2, 'admin') = '' RETURNING backup, asked_name
            """, row => (Backup: row.GetString(0), AskedBy: row.GetString(1)), cancel, request, access.AccountId ?? 0, access.AccountName);
        if (found.Count > 0)
            await WriteAudit.AsAsync(db.Connection, access, "restore-confirmed", found[0].Backup, new { request });
        await transaction.CommitAsync(cancel);
        return found.Count > 0 ? found[0] : null;
    }
}

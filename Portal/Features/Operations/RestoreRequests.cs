using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>A restore that waits for the second administrator.</summary>
public sealed record RestoreRequest(int Id, string Backup, int AskedBy, string AskedName, DateTimeOffset AskedAt);

/// <summary>The request for a restore: asked by one, withdrawn by anybody, confirmed by another (see <see cref="ConfirmRestore"/>).</summary>
public sealed class RestoreRequests(BackupSettings settings, PortalDatabase database, SecondWordNotices notices)
{
    /// <summary>The one that is open, or null.</summary>
    public async Task<RestoreRequest?> OpenAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync("SELECT id, backup, asked_by, asked_name, asked_at FROM restore_request WHERE state = 'asked' AND NOT portal_word_lapsed(asked_at)",
            row => new RestoreRequest(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)), cancel)).FirstOrDefault();
    }

    /// <summary>Asks for one.</summary>
    /// <returns>False where another is open already.</returns>
    /// <exception cref="BackupException"><see cref="BackupFault.NotThere"/></exception>
    public async Task<bool> AskAsync(Domain.Access.Access access, string backup, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (!settings.Place.Names().Contains(backup))
            throw new BackupException(BackupFault.NotThere, backup);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.ExecuteAsync("UPDATE restore_request SET state = 'withdrawn' WHERE state = 'asked' AND portal_word_lapsed(asked_at)", cancel);
        try
        {
            await db.Connection.ExecuteAsync("INSERT INTO restore_request (backup, asked_by, asked_name) VALUES ($1, $2, $3)", cancel, backup, access.AccountId, access.AccountName);
        }
        catch (PostgresException e) when (e.ConstraintName == "restore_request_one_open")
        {
            return false;
        }
        await WriteAudit.AsAsync(db.Connection, access, "restore-asked", backup);
        await transaction.CommitAsync(cancel);
        await notices.RestoreAskedAsync(backup, access, cancel);
        return true;
    }

    /// <summary>Takes an open one back; harmless where it is not open any more.</summary>
    public async Task WithdrawAsync(Domain.Access.Access access, int request, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await db.Connection.ExecuteAsync("UPDATE restore_request SET state = 'withdrawn' WHERE id = $1 AND state = 'asked'", cancel, request) > 0)
            await WriteAudit.AsAsync(db.Connection, access, "restore-withdrawn", $"{request}");
        await transaction.CommitAsync(cancel);
    }
}

using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What one night's tidying took away.</summary>
/// <param name="Files">Of the store, of the backups' folder, of the machine's folder for temporary files.</param>
public sealed record Tidied(int Drafts, int Rows, int Files);

/// <summary>Takes away what nobody needs any more: drafts that nobody sent, files that nothing names, halves that killed uploads, backups and conversions left behind, old counts.</summary>
public sealed class TidyFiles(PortalDatabase database, FileStore files, BackupSettings backups, TimeProvider clock)
{
    private const string Named = "SELECT sha256 FROM stored_file";
    private static readonly TimeSpan Young = TimeSpan.FromDays(1);

    public async Task<Tidied> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var before = clock.GetUtcNow() - Young;
        var (draftDays, fileDays) = await CountsAsync(cancel);
        await using var db = await database.OpenAsync(access, cancel);
        var drafts = await DraftsAsync(db, access, draftDays, cancel);
        var rows = await db.Connection.ListAsync("SELECT portal_forget_files($1)", row => row.GetString(0), cancel, fileDays);
        var removed = await KeptAsync(cancel) is { } kept
            ? await files.TidyAsync(async () => [.. await db.Connection.ListAsync(Named, row => row.GetString(0), cancel), .. kept], before) : 0;
        removed += backups.Place.Tidy(before) + (backups.Copy is { } copy ? new BackupPlace(copy).Tidy(before) : 0) + Temporary(before);
        return new(drafts, rows.Count, removed);
    }

    // What a restore replaced names files too, until it is dropped: what was handed in since the backup waits there to be taken over. Null where one cannot be asked:
    // then no file goes.
    private async Task<IReadOnlyList<string>?> KeptAsync(CancellationToken cancel)
    {
        List<string> kept = [];
        try
        {
            foreach (var name in await backups.Copies.KeptAsync(cancel))
            {
                await using var old = await backups.Copies.OpenAsync(name, DatabaseRole.Backup, cancel);
                kept.AddRange(await old.ListAsync(Named, row => row.GetString(0), cancel));
            }
            return kept;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    // What was counted by day is asked about for a year.
    private async Task<(int Drafts, int Files)> CountsAsync(CancellationToken cancel)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("DELETE FROM upload_day WHERE day < portal_today() - 400", cancel);
        await system.ExecuteAsync("DELETE FROM disk_alert WHERE over_at < now() - interval '400 days'", cancel);
        var rules = (await system.ListAsync("SELECT code, value FROM upload_rule", row => (row.GetString(0), row.GetInt32(1)), cancel)).ToDictionary();
        return (rules["draft_days"], rules["unnamed_file_days"]);
    }

    private static async Task<int> DraftsAsync(PortalDb db, Domain.Access.Access access, int days, CancellationToken cancel)
    {
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var drafts = await db.Connection.ListAsync(
            "SELECT draft, sender, sent_name FROM portal_forget_drafts($1)", row => (Id: row.GetInt32(0), By: row.GetString(1), Name: row.GetString(2)), cancel, days);
        foreach (var draft in drafts)
            await WriteAudit.AsAsync(db.Connection, access, "draft-forgotten", draft.Id.ToString(CultureInfo.InvariantCulture), new { name = draft.Name, account = draft.By });
        await transaction.CommitAsync(cancel);
        return drafts.Count;
    }

    // The folder is everybody's: only what bears the name of our own conversions.
    private static int Temporary(DateTimeOffset before)
    {
        var left = new DirectoryInfo(Path.GetTempPath()).GetDirectories("quantrac-areas-*").Where(folder => folder.LastWriteTimeUtc < before.UtcDateTime).ToList();
        foreach (var folder in left)
            folder.Delete(recursive: true);
        return left.Count;
    }
}

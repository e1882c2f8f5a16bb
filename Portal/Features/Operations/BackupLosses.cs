using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Rows of a table now and in a backup.</summary>
public sealed record BackupLoss(string Table, long Now, long InBackup)
{
    public long Lost => Math.Max(0, Now - InBackup);
}

/// <summary>What has come in since a backup.</summary>
/// <param name="Items">Each as a person knows it, the oldest first.</param>
/// <param name="Tables">How many rows of the large tables that makes.</param>
public sealed record WrittenList(DateTimeOffset Since, IReadOnlyList<WrittenItem> Items, IReadOnlyList<BackupLoss> Tables);

/// <summary>What has come in since a backup and would be gone by restoring it, until it is taken over from the kept database.</summary>
public sealed class BackupLosses(BackupSettings settings)
{
    /// <returns>Nothing where the database is gone.</returns>
    /// <exception cref="BackupException">The manifest is not there, or not whole.</exception>
    public async Task<WrittenList> RunAsync(Domain.Access.Access access, string backup, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var manifest = await settings.Place.OpenAsync(backup, await settings.Key(cancel), cancel);
        var copies = new CopyDatabase(settings.Logins);
        if (!await copies.IsThereAsync(settings.Logins.Database, cancel))
            return new(manifest.TakenAt, [], []);
        await using var connection = await copies.OpenAsync(settings.Logins.Database, DatabaseRole.Backup, cancel);
        if (!await connection.ScalarAsync<bool>("SELECT to_regclass('public.submission') IS NOT NULL", cancel))
            return new(manifest.TakenAt, [], []);
        return new(manifest.TakenAt, await WrittenSince.ListAsync(connection, manifest.TakenAt, RestoreActs.Others, RestoreActs.Rights, cancel), await TablesAsync(connection, manifest, cancel));
    }

    private static async Task<IReadOnlyList<BackupLoss>> TablesAsync(NpgsqlConnection connection, BackupManifest manifest, CancellationToken cancel)
    {
        var now = await connection.ListAsync(
            """
            SELECT 'public.result', count(*) FROM public.result UNION ALL SELECT 'public.sample', count(*) FROM public.sample
            UNION ALL SELECT 'public.submission', count(*) FROM public.submission UNION ALL SELECT 'public.site', count(*) FROM public.site
            UNION ALL SELECT 'public.account', count(*) FROM public.account UNION ALL SELECT 'public.audit', count(*) FROM public.audit
            """, row => new BackupLoss(row.GetString(0), row.GetInt64(1), manifest.Tables.GetValueOrDefault(row.GetString(0))?.Rows ?? 0), cancel);
        return [.. now.Where(table => table.Lost > 0)];
    }
}

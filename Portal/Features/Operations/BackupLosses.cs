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

/// <summary>What has come in since a backup and would be lost by restoring it.</summary>
public sealed class BackupLosses(BackupSettings settings)
{
    /// <returns>The tables that people fill, with more rows now than in the backup; empty where the database is gone.</returns>
    /// <exception cref="BackupException">The manifest is not there, or not whole.</exception>
    public async Task<IReadOnlyList<BackupLoss>> RunAsync(Domain.Access.Access access, string backup, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var manifest = await settings.Place.OpenAsync(backup, await settings.Key(cancel), cancel);
        var copies = new CopyDatabase(settings.Logins);
        if (!await copies.IsThereAsync(settings.Logins.Database, cancel))
            return [];
        await using var connection = await copies.OpenAsync(settings.Logins.Database, DatabaseRole.Backup, cancel);
        if (!await connection.ScalarAsync<bool>("SELECT to_regclass('public.submission') IS NOT NULL", cancel))
            return [];
        var now = await connection.ListAsync(
            """
            SELECT 'public.result', count(*) FROM public.result UNION ALL SELECT 'public.sample', count(*) FROM public.sample
            UNION ALL SELECT 'public.submission', count(*) FROM public.submission UNION ALL SELECT 'public.site', count(*) FROM public.site
            UNION ALL SELECT 'public.account', count(*) FROM public.account UNION ALL SELECT 'public.audit', count(*) FROM public.audit
            """, row => new BackupLoss(row.GetString(0), row.GetInt64(1), manifest.Tables.GetValueOrDefault(row.GetString(0))?.Rows ?? 0), cancel);
        return [.. now.Where(table => table.Lost > 0)];
    }
}

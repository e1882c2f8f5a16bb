using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What a restore did.</summary>
/// <param name="Database">Where the restored data are now.</param>
/// <param name="Kept">What the database that was there before is called now; null where nothing was switched.</param>
/// <param name="FilesPutBack">Files that the store lacked.</param>
public sealed record RestoreOutcome(string Database, string? Kept, int FilesPutBack, double Seconds);

/// <summary>Restores a backup beside the portal's database, compares it with the manifest, and only then puts it in its place; what was there is kept.</summary>
public sealed class RestoreBackup(BackupSettings settings, PortalDatabase database, TimeProvider clock)
{
    private readonly CopyDatabase copies = settings.Copies;

    /// <param name="into">A new database that is left beside; null: in the place of the portal's own.</param>
    /// <exception cref="BackupException">With what is wrong; the portal's database is as it was.</exception>
    public async Task<RestoreOutcome> RunAsync(Domain.Access.Access access, string backup, string? into, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var hold = await BackupHold.TakeAsync(settings.Logins, cancel);
        var begun = clock.GetTimestamp();
        progress?.Report(BackupStage.CheckingFiles);
        var key = await settings.Key(cancel);
        var manifest = await settings.Place.OpenAsync(backup, key, cancel);
        await new BackupProof(settings, key, clock).RequireFilesAsync(backup, manifest, cancel);
        var restored = into ?? Name("restored");
        await FillAsync(backup, restored, manifest, key, progress, cancel);
        progress?.Report(BackupStage.Switching);
        var back = await StoredFiles.PutBackAsync(settings, key, manifest, cancel);
        string? kept = null;
        if (into is null)
        {
            await ForwardAsync(restored, cancel);
            kept = Name("before");
            await copies.SwitchAsync(restored, kept, cancel);
            NpgsqlConnection.ClearAllPools();
            database.ClearPools();
            await TellAsync(access, backup, kept, cancel);
        }
        return new(into ?? settings.Logins.Database, kept, back, clock.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task FillAsync(string backup, string restored, BackupManifest manifest, BackupKey key, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        progress?.Report(BackupStage.Restoring);
        await copies.CreateAsync(restored, cancel);
        try
        {
            await new RestoreDump(settings, key).RunAsync(backup, restored, cancel);
            progress?.Report(BackupStage.Comparing);
            await BackupProof.CompareAsync(copies, restored, manifest, cancel);
        }
        catch
        {
            await copies.DropAsync(restored, CancellationToken.None);
            throw;
        }
    }

    // Browsers keep map layers by the version of the data: one that was used before the restore must not come again with other data.
    private async Task ForwardAsync(string restored, CancellationToken cancel)
    {
        var (before, production) = (0L, false);
        if (await copies.IsThereAsync(settings.Logins.Database, cancel))
        {
            await using var old = await copies.OpenAsync(settings.Logins.Database, DatabaseRole.Owner, cancel);
            if (await old.ScalarAsync<bool>("SELECT to_regclass('public.data_version') IS NOT NULL", cancel))
                before = await old.ScalarAsync<long>("SELECT version FROM data_version", cancel);
            production = await old.ScalarAsync<bool>("SELECT to_regclass('public.installation') IS NOT NULL", cancel) && await Installation.ModeAsync(old, cancel) == InstallationMode.Production;
        }
        await using var owner = await copies.OpenAsync(restored, DatabaseRole.Owner, cancel);
        // A backup from the days of the demo does not open its accounts again.
        if (production && await owner.ScalarAsync<bool>("SELECT to_regclass('public.installation') IS NOT NULL", cancel))
            await Installation.StartAsync(owner, demo: false, cancel);
        await owner.ExecuteAsync("UPDATE data_version SET version = greatest(version, $1) + 1", cancel, before);
        // The dump holds the run that made it, still running; that folder tells how it ended. What had been asked for then is not asked now.
        await owner.ExecuteAsync("DELETE FROM backup_run WHERE state = 'running'", cancel);
        await owner.ExecuteAsync("UPDATE restore_request SET state = 'withdrawn' WHERE state = 'asked'", cancel);
    }

    private async Task TellAsync(Domain.Access.Access access, string backup, string kept, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await WriteAudit.AsAsync(db.Connection, access, "backup-restored", backup, new { kept });
    }

    private string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{settings.Logins.Database}_{what}_{clock.GetUtcNow():yyyyMMddHHmmss}");
}

using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What a restore did.</summary>
/// <param name="Database">Where the restored data are now.</param>
/// <param name="Kept">What the database that was there before is called now; null where nothing was switched.</param>
/// <param name="FilesPutBack">Files that the store lacked.</param>
/// <param name="Leftovers">How much was written since the backup and is offered to be taken over.</param>
/// <param name="Silent">Nodes that did not answer when the portal was closed; the database kept them out.</param>
public sealed record RestoreOutcome(string Database, string? Kept, int FilesPutBack, double Seconds, int Leftovers, IReadOnlyList<string> Silent);

/// <summary>Restores a backup beside the portal's database and compares it with the manifest. In the place of the portal's own it closes the portal first, on every node:
/// what was written until then is listed, what opens doors is carried over, and only then the two change names, at once. What was there is kept.</summary>
public sealed class RestoreBackup(BackupSettings settings, PortalDatabase database, RaiseNotice notices, TimeProvider clock)
{
    private readonly CopyDatabase copies = settings.Copies;

    /// <param name="into">A new database that is left beside; null: in the place of the portal's own.</param>
    /// <param name="consent">Who asked and who confirmed; null where whoever runs it did both, at the console.</param>
    /// <exception cref="BackupException">With what is wrong; the portal's database is as it was.</exception>
    public async Task<RestoreOutcome> RunAsync(
        Domain.Access.Access access, string backup, string? into, IProgress<BackupStage>? progress, CancellationToken cancel, RestoreConsent? consent = null)
    {
        access.Demand(Capability.Operate);
        await using var hold = await BackupHold.TakeAsync(settings.Logins, cancel);
        var begun = clock.GetTimestamp();
        progress?.Report(BackupStage.CheckingFiles);
        var key = await settings.Key(cancel);
        var manifest = await settings.Place.OpenAsync(backup, key, cancel);
        await new BackupProof(settings, key, clock).RequireFilesAsync(backup, manifest, cancel);
        if (into is null)
        {
            var done = await ReplaceAsync(access, new(backup, manifest, key, consent), progress, cancel);
            return done with { Seconds = clock.GetElapsedTime(begun).TotalSeconds };
        }
        await FillAsync(backup, into, manifest, key, progress, cancel);
        var back = await StoredFiles.PutBackAsync(settings, key, manifest, cancel);
        return new(into, null, back, clock.GetElapsedTime(begun).TotalSeconds, 0, []);
    }

    private async Task<RestoreOutcome> ReplaceAsync(Domain.Access.Access access, Wanted wanted, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        progress?.Report(BackupStage.Closing);
        var own = settings.Logins.Database;
        await using var gate = await PortalGate.ComeAsync(settings.Logins, DatabaseRole.Owner, "restore", cancel);
        var present = await gate.CloseAsync(settings.ClosingPatience, cancel);
        if (present.Where(one => one.Kind == AtGate.Verb).Select(one => one.Name).ToList() is { Count: > 0 } verbs)
            throw new BackupException(BackupFault.VerbsAtWork, string.Join(", ", verbs));
        var (restored, kept) = (Name("restored"), Name("before"));
        try
        {
            if (await copies.IsThereAsync(own, cancel))
                await copies.BarAsync(own, cancel);
            await FillAsync(wanted.Backup, restored, wanted.Manifest, wanted.Key, progress, cancel);
            progress?.Report(BackupStage.Carrying);
            var back = await StoredFiles.PutBackAsync(settings, wanted.Key, wanted.Manifest, cancel);
            await UpgradeAsync(restored, cancel);
            await ForwardAsync(restored, cancel);
            var leftovers = await new CarryOver(settings, clock).RunAsync(access, wanted.Backup, wanted.Manifest, restored, kept, wanted.Consent, wanted.Key, cancel);
            progress?.Report(BackupStage.Switching);
            await copies.SwitchAsync(restored, kept, cancel);
            NpgsqlConnection.ClearAllPools();
            database.ClearPools();
            await TellAsync(wanted.Backup, kept, leftovers);
            return new(own, kept, back, 0, leftovers, [.. present.Select(one => one.Name)]);
        }
        catch
        {
            await UndoAsync(own, restored);
            throw;
        }
    }

    // Nodes and the next start do the same where this does not come to it.
    private async Task UndoAsync(string own, string restored)
    {
        NpgsqlConnection.ClearAllPools();
        database.ClearPools();
        try
        {
            await copies.LetInAsync(own, CancellationToken.None);
            await copies.DropAsync(restored, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The server is away; why the restore failed is what counts.
        }
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

    // A backup from before an upgrade: this program, which goes on with it, knows the schema and the rules of today.
    private async Task UpgradeAsync(string restored, CancellationToken cancel)
    {
        var owner = new NpgsqlConnectionStringBuilder(settings.Logins.On(restored).ConnectionString(DatabaseRole.Owner)) { Pooling = false }.ConnectionString;
        await new Migrator(PortalHome.Migrations).MigrateAsync(owner, cancel);
        await ReferenceLoader.LoadAsync(owner, PortalHome.Seed, cancel);
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
        if (production)
            await Installation.StartAsync(owner, demo: false, cancel);
        await owner.ExecuteAsync("UPDATE data_version SET version = greatest(version, $1) + 1", cancel, before);
    }

    // The page of leftovers says it as well: it is no reason to say that the restore failed.
    private async Task TellAsync(string backup, string kept, int leftovers)
    {
        try
        {
            await notices.ToAdministratorsAsync(new("Restore.Done", [backup, $"{leftovers}"], "/operations/restore/leftovers", $"restore:{kept}"), CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // A node that was cut off; nothing is lost by it.
        }
    }

    private string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{settings.Logins.Database}_{what}_{clock.GetUtcNow():yyyyMMddHHmmss}");

    private sealed record Wanted(string Backup, BackupManifest Manifest, BackupKey Key, RestoreConsent? Consent);
}

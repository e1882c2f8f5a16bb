using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Who asked for a restore and who confirmed it.</summary>
public sealed record RestoreConsent(string AskedBy, string ConfirmedBy);

/// <summary>Makes a restored copy ready for people, while nobody writes: brought to the schema of this program, with the doors as they are today, a list of all
/// that was written since, and an entry in the audit. The copy takes its place only after that, so that nothing is left to do when it is in use.</summary>
public sealed class CarryOver(BackupSettings settings, TimeProvider clock)
{
    private readonly CopyDatabase copies = settings.Copies;

    /// <returns>How many things are only in the kept database.</returns>
    internal async Task<int> RunAsync(Domain.Access.Access access, string backup, BackupManifest manifest, string restored, string kept, RestoreConsent? consent, BackupKey key, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await new Migrator(PortalHome.Migrations).MigrateAsync(Unpooled(restored), cancel);
        await using var copy = await copies.OpenAsync(restored, DatabaseRole.Owner, cancel);
        await TidyAsync(copy, cancel);
        await using var old = await OldAsync(cancel);
        await CarryDoors.RunAsync(old, copy, cancel);
        await JudgeOpenedAsync(copy, cancel);
        var written = old is null ? 0 : await LeftoversAsync(old, restored, copy, manifest, kept, cancel);
        var (place, hash, only) = old is null ? (0, "", 0) : await AuditOfAsync(old, copy, key, AuditTail.PathOf(settings.Place, kept), cancel);
        await WriteAudit.AsAsync(copy, access, "backup-restored", backup, new
        {
            kept, asked = consent?.AskedBy, confirmed = consent?.ConfirmedBy ?? access.AccountName, leftovers = written, entriesOnlyInKept = only, keptPlace = place, keptHash = hash,
        });
        return written;
    }

    // The dump holds the run that made it, still running; that folder tells how it ended. What had been asked for then is not asked now.
    private static async Task TidyAsync(NpgsqlConnection copy, CancellationToken cancel)
    {
        await copy.ExecuteAsync("DELETE FROM backup_run WHERE state = 'running'", cancel);
        await copy.ExecuteAsync("UPDATE restore_request SET state = 'withdrawn' WHERE state = 'asked'", cancel);
        await copy.ExecuteAsync("UPDATE second_word SET state = 'withdrawn' WHERE state = 'asked'", cancel);
    }

    // Guests see what rests on what is open: releases that were taken back, and backups from before there was a row for them, leave some to be made.
    private async Task JudgeOpenedAsync(NpgsqlConnection copy, CancellationToken cancel)
    {
        await using var transaction = await copy.BeginTransactionAsync(cancel);
        await copy.AllowLongAsync(cancel);
        await new RunAssessment(copy, PortalDay.Of(clock)).OfOpenedAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    // A database that is so damaged that it cannot be read must not keep a backup from being restored.
    private async Task<NpgsqlConnection?> OldAsync(CancellationToken cancel)
    {
        if (!await copies.IsThereAsync(settings.Logins.Database, cancel))
            return null;
        try
        {
            await new Migrator(PortalHome.Migrations).MigrateAsync(Unpooled(settings.Logins.Database), cancel);
            await using (var owner = await copies.OpenAsync(settings.Logins.Database, DatabaseRole.Owner, cancel))
                await owner.ExecuteAsync("SELECT portal_seal_audit()", cancel);
            return await copies.OpenAsync(settings.Logins.Database, DatabaseRole.Backup, cancel);
        }
        catch (Exception e) when (e is PostgresException or SetupException)
        {
            return null;
        }
    }

    private async Task<int> LeftoversAsync(NpgsqlConnection old, string restored, NpgsqlConnection copy, BackupManifest manifest, string kept, CancellationToken cancel)
    {
        await using var reading = await copies.OpenAsync(restored, DatabaseRole.Backup, cancel);
        var written = await WrittenSince.OnlyInAsync(old, reading, manifest.TakenAt, RestoreActs.Others, RestoreActs.Rights, cancel);
        foreach (var item in written)
        {
            await copy.ExecuteAsync(
                "INSERT INTO restore_leftover (kept, kind, key, at, who, organisation, facts, state) VALUES ($1, $2, $3, $4, $5, $6, $7, CASE $2 WHEN 'rights' THEN 'carried' ELSE 'open' END)",
                cancel, kept, item.Kind, item.Key, item.At, item.Who, item.Organisation, item.Facts.ToArray());
        }
        return written.Count(item => item.Kind != "rights");
    }

    private static async Task<(long Place, string Hash, long Only)> AuditOfAsync(NpgsqlConnection old, NpgsqlConnection copy, BackupKey key, string tail, CancellationToken cancel)
    {
        var (place, hash) = (await old.ListAsync("SELECT place, hash FROM audit_seal ORDER BY place DESC LIMIT 1", row => (row.GetInt64(0), row.GetString(1)), cancel)).FirstOrDefault();
        var last = await copy.ScalarAsync<long>("SELECT coalesce(max(id), 0) FROM audit", cancel);
        return (place, hash ?? "", await AuditTail.WriteAsync(old, last, key, tail, cancel));
    }

    private string Unpooled(string name) => new NpgsqlConnectionStringBuilder(settings.Logins.On(name).ConnectionString(DatabaseRole.Owner)) { Pooling = false }.ConnectionString;
}

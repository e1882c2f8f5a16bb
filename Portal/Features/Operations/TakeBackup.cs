using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Backs up (Điều 7.3): dump, proof by restore, copy to the second place, the rule of keeping. A failure is kept, shown red and told to the administrators.</summary>
public sealed class TakeBackup(BackupSettings settings, BackupRuns runs, SealAudit seal, RaiseNotice notices, TimeProvider clock)
{
    private const int Tries = 3;

    /// <param name="kind">daily, weekly, monthly, yearly or manual.</param>
    /// <exception cref="BackupException"><see cref="BackupFault.Busy"/>: another run goes on; nothing was done.</exception>
    public async Task<BackupOutcome> RunAsync(Domain.Access.Access access, string kind, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var hold = await BackupHold.TakeAsync(settings.Logins, cancel);
        var run = await runs.BeginAsync(kind, access, cancel);
        var outcome = await MakeAsync(access, run, kind, progress, cancel);
        await runs.EndAsync(access, run, outcome, CancellationToken.None);
        if (outcome.Proven)
            await KeepAsync(access, cancel);
        if (outcome.Fault is { } fault)
        {
            var at = PortalDay.Local(clock.GetUtcNow()).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
            await notices.ToAdministratorsAsync(new("Backup.Red", [at, fault.ToString()], "/operations/backups", $"backup:{run}"), CancellationToken.None);
        }
        return outcome;
    }

    private async Task<BackupOutcome> MakeAsync(Domain.Access.Access access, int run, string kind, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        var outcome = new BackupOutcome(null, false, null, [], null);
        try
        {
            progress?.Report(BackupStage.Preparing);
            // So that the head in the manifest is of today.
            await seal.RunAsync(access, cancel);
            var key = await settings.Key(cancel);
            var (backup, manifest) = await WriteAsync(key, kind, progress, cancel);
            outcome = outcome with { Backup = backup };
            await runs.WrittenAsync(access, run, backup, manifest, cancel);
            var evidence = await new BackupProof(settings, key, clock).RunAsync(backup, progress, cancel);
            outcome = outcome with { Proven = true, Evidence = evidence };
            if (settings.Copy is not null)
            {
                progress?.Report(BackupStage.Copying);
                await CopyBackup.RunAsync(settings, backup, manifest, cancel);
            }
            return outcome;
        }
        catch (BackupException e)
        {
            return outcome with { Fault = e.Fault, Facts = e.Facts };
        }
        catch (OperationCanceledException)
        {
            return outcome with { Fault = BackupFault.Interrupted };
        }
    }

    // The answers of the original are taken while the snapshot is open, and count only where the data stood still around them.
    private async Task<(string Name, BackupManifest Manifest)> WriteAsync(BackupKey key, string kind, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await using var snapshot = await BackupSnapshot.OpenAsync(settings.Logins, cancel);
            var (site, result) = await snapshot.WitnessAsync(cancel);
            var day = PortalDay.Of(clock);
            var answers = await ProofPortal.AskAsync(settings.Logins, settings.Data, site, result, cancel);
            await using (var after = await BackupSnapshot.OpenAsync(settings.Logins, cancel))
            {
                if (after.DataVersion != snapshot.DataVersion)
                    continue;
            }
            progress?.Report(BackupStage.Dumping);
            return await new WriteBackup(settings, key, clock).RunAsync(kind, snapshot, new(day, site, result, answers), cancel);
        }
        throw new BackupException(BackupFault.NeverStill);
    }

    private async Task KeepAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        foreach (var place in new[] { settings.Place, settings.Copy is { } copy ? new BackupPlace(copy) : null }.OfType<BackupPlace>())
        {
            List<KeptBackup> kept = [];
            foreach (var name in place.Names())
            {
                if (await place.PeekAsync(name, cancel) is { } manifest)
                    kept.Add(new(name, manifest.Kind, manifest.TakenAt, File.Exists(place.PathOf(name, BackupPlace.ProofName))));
            }
            var dropped = BackupKeeping.ToDrop(kept);
            place.Drop(dropped);
            await runs.DroppedAsync(access, dropped, cancel);
        }
    }
}

using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Proves a backup anew, however old: restores it aside, compares, asks the portal on it, and drops the copy.</summary>
public sealed class ProveBackup(BackupSettings settings, BackupRuns runs, TimeProvider clock)
{
    /// <exception cref="BackupException"><see cref="BackupFault.Busy"/>, <see cref="BackupFault.NotThere"/></exception>
    public async Task<BackupOutcome> RunAsync(Domain.Access.Access access, string backup, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var hold = await BackupHold.TakeAsync(settings.Logins, cancel);
        if (!settings.Place.Names().Contains(backup))
            throw new BackupException(BackupFault.NotThere, backup);
        var outcome = new BackupOutcome(backup, false, null, [], null);
        try
        {
            var evidence = await new BackupProof(settings, await settings.Key(cancel), clock).RunAsync(backup, progress, cancel);
            outcome = outcome with { Proven = true, Evidence = evidence };
        }
        catch (BackupException e)
        {
            outcome = outcome with { Fault = e.Fault, Facts = e.Facts };
            // What was once proven is so no more.
            File.Delete(settings.Place.PathOf(backup, BackupPlace.ProofName));
        }
        await runs.ProvenAgainAsync(access, outcome, CancellationToken.None);
        return outcome;
    }
}

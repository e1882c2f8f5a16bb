using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Looks whether the reserve of the disk is reached, and tells the administrators once when it is and once when that is over. Keeps the log of the private cluster short.</summary>
public sealed class WatchDisk(PortalDatabase database, DiskReserve reserve, BackupSettings backups, RaiseNotice notices, TimeProvider clock)
{
    /// <returns>Megabytes free, and of how many the reserve is.</returns>
    public async Task<(long Free, long Reserve)> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        PrivateCluster.TrimLog(backups.Data);
        var (now, free) = (clock.GetUtcNow(), reserve.MegabytesFree);
        await using var system = await database.OpenSystemAsync(cancel);
        if (reserve.IsReached())
        {
            await system.ExecuteAsync("INSERT INTO disk_alert (full_at, free_mb) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancel, now, free);
            var open = await system.ListAsync("SELECT id, full_at FROM disk_alert WHERE over_at IS NULL", row => (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1)), cancel);
            // Told again each minute under one key, it is heard once: also where the portal died between the two.
            foreach (var (id, at) in open)
                await TellAsync("Disk.Full", at, free, $"disk-full:{id}", cancel);
        }
        else if (reserve.IsWhole())
        {
            var over = await system.ListAsync("UPDATE disk_alert SET over_at = $1 WHERE over_at IS NULL RETURNING id", row => row.GetInt32(0), cancel, now);
            foreach (var id in over)
                await TellAsync("Disk.Over", now, free, $"disk-over:{id}", cancel);
        }
        return (free, reserve.Megabytes);
    }

    private Task<int> TellAsync(string kind, DateTimeOffset at, long free, string key, CancellationToken cancel) => notices.ToAdministratorsAsync(
        new(kind, [PortalDay.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"{free}", $"{reserve.Megabytes}"], "/operations", key), cancel);
}

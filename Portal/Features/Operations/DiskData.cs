using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>How it stands with the room for people's files.</summary>
/// <param name="Full">Whether the reserve is reached, and no file is taken.</param>
/// <param name="Since">Since when; null where it is not, or was not yet told.</param>
/// <param name="Scanner">Whether files are scanned.</param>
public sealed record DiskState(long Free, long Reserve, bool Full, DateTimeOffset? Since, int FilesToday, long MegabytesToday, ScanAnswer Scanner);

/// <summary>The room for people's files, for the page of operations.</summary>
public sealed class DiskData(PortalDatabase database, DiskReserve reserve, ClamScan scan)
{
    public async Task<DiskState> FindAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        var (since, files, bytes) = (await system.ListAsync(
            """
            SELECT (SELECT full_at FROM disk_alert WHERE over_at IS NULL), coalesce(sum(files), 0)::int, coalesce(sum(bytes), 0)::bigint FROM upload_day WHERE day = portal_today()
            """, row => (row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0), row.GetInt32(1), row.GetInt64(2)), cancel)).Single();
        return new(reserve.MegabytesFree, reserve.Megabytes, reserve.IsReached(), since, files, bytes / (1024 * 1024), await scan.StateAsync(cancel));
    }
}

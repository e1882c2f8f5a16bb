using System.Text.Json;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What the nightly check found.</summary>
public sealed class IntegrityData(PortalDatabase database)
{
    /// <summary>The newest report; null before the first.</summary>
    public async Task<IntegrityReport?> NewestAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync("SELECT at, checks::text FROM integrity_report ORDER BY id DESC LIMIT 1",
            row => new IntegrityReport(row.GetFieldValue<DateTimeOffset>(0), JsonSerializer.Deserialize<List<IntegrityCheck>>(row.GetString(1))!), cancel)).FirstOrDefault();
    }
}

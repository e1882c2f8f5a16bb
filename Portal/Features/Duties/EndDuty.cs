using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>Ends a duty today: what fell due stays, what would fall due later is owed no more. A row of the seed becomes the province's own by it.</summary>
public sealed class EndDuty(PortalDatabase database, PlanDuties plan, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DutyProblem?> RunAsync(Domain.Access.Access access, int duty, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        if (string.IsNullOrWhiteSpace(reason))
            return DutyProblem.ReasonMissing;
        await using (var db = await database.OpenAsync(access, cancel))
        {
            await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
            var done = await db.Connection.ExecuteAsync(
                "UPDATE duty SET valid = valid * daterange(NULL, $2, '[]'), origin = 'local' WHERE id = $1 AND (upper(valid) IS NULL OR upper(valid) > $2 + 1) AND lower(valid) <= $2",
                cancel, duty, PortalDay.Of(clock));
            if (done == 0)
                return DutyProblem.NotThere;
            await WriteAudit.AsAsync(db.Connection, access, "duty-ended", duty.ToString(CultureInfo.InvariantCulture), new { reason });
            await transaction.CommitAsync(cancel);
        }
        await plan.RunAsync(access, cancel);
        return null;
    }
}

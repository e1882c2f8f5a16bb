using System.Globalization;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>Takes a fulfilment back with the reason: the wrong document, the wrong period. Paper and history stay.</summary>
public sealed class UndoFulfilment(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DutyProblem?> RunAsync(Domain.Access.Access access, int occurrence, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        if (string.IsNullOrWhiteSpace(reason))
            return DutyProblem.ReasonMissing;
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var done = await db.Connection.ExecuteAsync(
            "UPDATE duty_fulfilment SET undone_at = $2, undone_by = $3, undo_reason = $4 WHERE occurrence_id = $1 AND undone_at IS NULL",
            cancel, occurrence, clock.GetUtcNow(), access.AccountName, reason.Trim());
        if (done == 0)
            return DutyProblem.NotThere;
        await WriteAudit.AsAsync(db.Connection, access, "duty-fulfilment-undone", occurrence.ToString(CultureInfo.InvariantCulture), new { reason });
        await transaction.CommitAsync(cancel);
        return null;
    }
}

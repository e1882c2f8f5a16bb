using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Sends a submission back with the reason. What a facility had written leaves the map and the series, and stays in the history.</summary>
public sealed class ReturnSubmission(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<SubmissionProblemCode?> RunAsync(Domain.Access.Access access, int submission, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.AcceptSubmission);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var handedIn = await SubmissionRow.LockAsync(db.Connection, submission, cancel);
        if (handedIn is null)
            return SubmissionProblemCode.NotThere;
        if (!handedIn.AwaitsReview)
            return SubmissionProblemCode.WrongState;
        await db.Connection.ExecuteAsync(
            "UPDATE submission SET state = 'returned', decided_at = now(), decided_by = $2, decision = $3 WHERE id = $1", cancel,
            submission, access.AccountName, reason.Trim());
        var withdrawn = await WithdrawResults.RunAsync(db.Connection, submission, PortalDay.Of(clock), cancel);
        await WriteAudit.AsAsync(db.Connection, access, "returned", handedIn.Subject, new { reason, withdrawn });
        await SubmissionNotices.RunAsync(db.Connection, submission, clock, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}

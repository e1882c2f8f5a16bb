using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Gives up a draft, or takes back what nobody has decided on yet; its staged cells go, what a facility had written leaves the map, the file and the record stay.</summary>
public sealed class WithdrawSubmission(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<SubmissionProblemCode?> RunAsync(Domain.Access.Access access, int submission, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var own = await SubmissionRow.LockAsync(db.Connection, submission, cancel);
        if (own is null)
            return SubmissionProblemCode.NotThere;
        if (own.State != "draft" && !own.AwaitsReview)
            return SubmissionProblemCode.WrongState;
        await db.Connection.ExecuteAsync("UPDATE submission SET state = 'withdrawn', decided_at = now() WHERE id = $1", cancel, submission);
        await db.Connection.ExecuteAsync("DELETE FROM submission_row WHERE submission_id = $1", cancel, submission);
        var withdrawn = await WithdrawResults.RunAsync(db.Connection, submission, PortalDay.Of(clock), cancel);
        await WriteAudit.AsAsync(db.Connection, access, "withdrawn", own.Subject, new { withdrawn });
        await SubmissionNotices.RunAsync(db.Connection, submission, clock, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}

using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Accepts what another handed in: stored, judged, on the map and told of, all in one transaction.</summary>
public sealed class AcceptSubmission(PortalDatabase database, TimeProvider clock)
{
    /// <returns>How many results were added; or why not.</returns>
    public async Task<(int Added, SubmissionProblemCode? Problem)> RunAsync(Domain.Access.Access access, int submission, CancellationToken cancel)
    {
        access.Demand(Capability.AcceptSubmission);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var handedIn = await SubmissionRow.LockAsync(db.Connection, submission, cancel);
        if (handedIn is null)
            return (0, SubmissionProblemCode.NotThere);
        if (!handedIn.AwaitsReview)
            return (0, SubmissionProblemCode.WrongState);
        // The database refuses it too.
        if (access.AccountId is null || access.AccountId == handedIn.AccountId || access.AccountId == handedIn.SubmittedBy)
            return (0, SubmissionProblemCode.HandedInByOneself);

        await db.Connection.ExecuteAsync(
            "UPDATE submission SET state = 'accepted', decided_at = now(), decided_by = $2 WHERE id = $1", cancel, submission, access.AccountName);
        // A statement's results were written when it was submitted: acceptance makes them reviewed.
        var added = handedIn.Basis == "statement" ? 0 : (await StoreResults.RunAsync(db.Connection, submission, cancel)).Added;
        await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfSubmissionAsync(submission, cancel);
        await WriteAudit.AsAsync(db.Connection, access, "accepted", handedIn.Subject, new { added });
        await SubmissionNotices.RunAsync(db.Connection, submission, clock, cancel);
        await transaction.CommitAsync(cancel);
        return (added, null);
    }
}

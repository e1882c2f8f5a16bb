using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Gives up a draft; its staged cells go, the file and the record stay.</summary>
public sealed class WithdrawSubmission(PortalDatabase database)
{
    /// <returns>Null where it is done.</returns>
    public async Task<SubmissionProblemCode?> RunAsync(Domain.Access.Access access, int submission, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var draft = await SubmissionRow.LockAsync(db.Connection, submission, cancel);
        if (draft is null)
            return SubmissionProblemCode.NotThere;
        if (draft.State != "draft")
            return SubmissionProblemCode.WrongState;
        await db.Connection.ExecuteAsync("UPDATE submission SET state = 'withdrawn', decided_at = now() WHERE id = $1", cancel, submission);
        await db.Connection.ExecuteAsync("DELETE FROM submission_row WHERE submission_id = $1", cancel, submission);
        await WriteAudit.AsAsync(db.Connection, access, "withdrawn", draft.Subject);
        await transaction.CommitAsync(cancel);
        return null;
    }
}

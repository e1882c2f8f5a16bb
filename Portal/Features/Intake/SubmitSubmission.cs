using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Why a submission cannot go on; the page makes the sentence.</summary>
public enum SubmissionProblemCode
{
    NotThere,
    NotChecked,
    Blocked,
    WrongState,

    /// <summary>A warning has no reason yet.</summary>
    WarningWithoutReason,

    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,

    /// <summary>Whoever handed it in does not accept it.</summary>
    HandedInByOneself,
}

/// <summary>Hands a checked draft in. A facility's own data are written at once, marked unreviewed (chưa rà soát); others wait for acceptance.</summary>
public sealed class SubmitSubmission(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reasons">Reasons of warnings, by ordinal of the problem; null key 0 gives one reason for all that have none.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<SubmissionProblemCode?> RunAsync(
        Domain.Access.Access access, int submission, IReadOnlyDictionary<int, string> reasons, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var draft = await SubmissionRow.LockAsync(db.Connection, submission, cancel);
        if (draft is null)
            return SubmissionProblemCode.NotThere;
        if (draft.State != "draft")
            return SubmissionProblemCode.WrongState;
        if (draft.Checking != "done")
            return SubmissionProblemCode.NotChecked;
        if (draft.Outcome is { Blocked: true })
            return SubmissionProblemCode.Blocked;

        foreach (var (ordinal, reason) in reasons)
        {
            await db.Connection.ExecuteAsync(
                "UPDATE submission_problem SET reason = $3 WHERE submission_id = $1 AND severity = 'warning' AND reason = '' AND ordinal = CASE $2 WHEN 0 THEN ordinal ELSE $2 END",
                cancel, submission, ordinal, reason.Trim());
        }
        if (await db.Connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM submission_problem WHERE submission_id = $1 AND severity = 'warning' AND reason = '')", cancel, submission))
            return SubmissionProblemCode.WarningWithoutReason;

        await db.Connection.ExecuteAsync("UPDATE submission SET state = 'submitted', submitted_at = now() WHERE id = $1", cancel, submission);
        if (draft.Basis == "statement")
        {
            await StoreResults.RunAsync(db.Connection, submission, cancel);
            await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfSubmissionAsync(submission, cancel);
        }
        await WriteAudit.AsAsync(db.Connection, access, "submitted", draft.Subject);
        await SubmissionNotices.RunAsync(db.Connection, submission, clock, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}

using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Judges all results anew on the day that a limit begins or ends, so that the view by today's standard is of today; and, for those whom it concerns, what is concluded by today.</summary>
public sealed class ReassessOnNewLimits(PortalDatabase database, ReassessResults reassess, TimeProvider clock)
{
    /// <summary>How many verdicts changed; nothing is done where no limit changed since the last judging.</summary>
    public async Task<int> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.LoadReference);
        await OpenedAsync(access, cancel);
        if (!await IsDueAsync(access, cancel))
            return 0;
        return (await reassess.RunAsync(access, trial: false, cancel)).Changes.Sum(change => change.Results);
    }

    private async Task OpenedAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfOpenedAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    // Between the last judging and today a limit began, or ended the day before. What was loaded anew is looked at by a person first.
    private async Task<bool> IsDueAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        return !await AssessmentState.IsDueAsync(db.Connection, cancel) && await db.Connection.ScalarAsync<bool>(
            """
            SELECT EXISTS (
                SELECT FROM (SELECT valid FROM standard_limit UNION SELECT valid FROM site_standard UNION SELECT valid FROM permit_limit) AS dated,
                    (SELECT (assessed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day FROM assessment_state) AS last
                WHERE (lower(valid) > last.day AND lower(valid) <= $1) OR (upper(valid) > last.day AND upper(valid) <= $1))
            """, cancel, PortalDay.Of(clock));
    }
}

using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>What waits for an account.</summary>
/// <param name="ToReview">Submissions that it may accept: handed in by others, not decided yet.</param>
/// <param name="Returned">Submissions of its organisation that were returned, with nothing handed in since.</param>
/// <param name="Late">Duties of its organisation that are late.</param>
public sealed record Work(int ToReview, int Returned, int Late)
{
    public static Work None { get; } = new(0, 0, 0);

    public int All => ToReview + Returned + Late;
}

/// <summary>Counts what waits for whoever looks, over what they see.</summary>
public sealed class WorkData(PortalDatabase database, TimeProvider clock)
{
    public async Task<Work> FindAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync(Sql, row => new Work(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), cancel,
            access.May(Capability.AcceptSubmission), access.AccountId ?? 0, access.OrganisationId, PortalDay.Of(clock))).Single();
    }

    private const string Sql =
        """
        SELECT
            (SELECT count(*)::int FROM submission AS s WHERE $1 AND s.state IN ('submitted', 'under_review') AND s.account_id <> $2 AND s.submitted_by IS DISTINCT FROM $2),
            (SELECT count(*)::int FROM submission AS s WHERE s.organisation_id = $3 AND s.state = 'returned' AND NOT EXISTS (
                SELECT FROM submission AS later WHERE later.organisation_id = $3 AND later.submitted_at > s.decided_at AND later.state NOT IN ('returned', 'withdrawn'))),
            (SELECT count(*)::int FROM duty_occurrence AS o WHERE o.organisation_id = $3 AND o.last_day < $4
                -- A last day from before the portal watched it makes nobody late.
                AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                AND NOT EXISTS (SELECT FROM duty_fulfilment AS f WHERE f.occurrence_id = o.id AND f.undone_at IS NULL))
        """;
}

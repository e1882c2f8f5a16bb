using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>An account in the yearly review.</summary>
/// <param name="Verdict">keep, change, lock, hand_over; empty where nothing was said.</param>
public sealed record ReviewLine(AccountLine Account, string Email, string Phone, string Verdict, string Reason);

/// <summary>The review of one organisation in one year.</summary>
/// <param name="Occurrence">Of the duty of Điều 10.4, where the organisation owes it; 0 where it does not.</param>
public sealed record Review(
    int Year, string Organisation, IReadOnlyList<ReviewLine> Lines, DateTimeOffset? ConfirmedAt, string ConfirmedBy, int Occurrence, DateOnly? LastDay, bool Fulfilled);

/// <summary>How the review of one organisation stands, for the Centre.</summary>
public sealed record ReviewStanding(string Code, string Organisation, int Accounts, int Judged, DateTimeOffset? ConfirmedAt, DateOnly? LastDay);

/// <summary>What the page of the yearly review asks for (Điều 10.4).</summary>
public sealed class ReviewData(PortalDatabase database, TimeProvider clock)
{
    public int Year => PortalDay.Of(clock).Year;

    /// <summary>One's own organisation's, this year.</summary>
    public async Task<Review> OfAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        var today = PortalDay.Of(clock);
        await using var system = await database.OpenSystemAsync(cancel);
        var lines = await system.ListAsync(
            AccountsData.Lines.Replace("a.demo", "a.demo, a.email, a.phone, coalesce(v.verdict, ''), coalesce(v.reason, '')", StringComparison.Ordinal) +
            """
            LEFT JOIN account_review_line v ON v.account_id = a.id AND v.year = $4 AND v.organisation_id = o.id
            WHERE a.organisation_code = $5 AND a.left_at IS NULL ORDER BY 3, a.id LIMIT 1000
            """,
            row => new ReviewLine(AccountsData.Line(row), row.GetString(11), row.GetString(12), row.GetString(13), row.GetString(14)),
            cancel, language, today, clock.GetUtcNow(), today.Year, access.OrganisationCode);
        var (at, by) = (await system.ListAsync(
            "SELECT confirmed_at, confirmed_name FROM account_review WHERE organisation_id = $1 AND year = $2",
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetString(1)), cancel, access.OrganisationId, today.Year)).Select(row => ((DateTimeOffset?)row.Item1, row.Item2)).FirstOrDefault();
        await using var db = await database.OpenAsync(access, cancel);
        var name = await db.Connection.ScalarAsync<string>(
            "SELECT CASE WHEN $2 = 'en' AND name_en <> '' THEN name_en ELSE name_vi END FROM organisation_name WHERE organisation_id = $1 ORDER BY valid @> $3 DESC, lower(valid) DESC NULLS LAST LIMIT 1",
            cancel, access.OrganisationId, language, today);
        var owed = (await db.Connection.ListAsync(
            """
            SELECT o.id, o.last_day, EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id AND f.undone_at IS NULL)
            FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id WHERE o.organisation_id = $1 AND d.code LIKE 'account-list%' AND o.period = $2 ORDER BY o.id LIMIT 1
            """,
            row => (Id: row.GetInt32(0), Day: (DateOnly?)row.GetFieldValue<DateOnly>(1), Done: row.GetBoolean(2)), cancel, access.OrganisationId, RequestRecord.NumberOf(today.Year))).FirstOrDefault();
        return new(today.Year, name ?? access.OrganisationCode, lines, at, by ?? "", owed.Id, owed.Day, owed.Done);
    }

    /// <summary>All organisations that have accounts or owe the list this year: those that have not confirmed first.</summary>
    public async Task<IReadOnlyList<ReviewStanding>> StandingAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var today = PortalDay.Of(clock);
        await using var db = await database.OpenAsync(access, cancel);
        var owed = (await db.Connection.ListAsync(
            """
            SELECT g.code, min(o.last_day) FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id JOIN organisation g ON g.id = o.organisation_id
            WHERE d.code LIKE 'account-list%' AND o.period = $1 GROUP BY g.code
            """,
            row => (row.GetString(0), row.GetFieldValue<DateOnly>(1)), cancel, RequestRecord.NumberOf(today.Year))).ToDictionary(row => row.Item1, row => row.Item2);
        await using var system = await database.OpenSystemAsync(cancel);
        var rows = await system.ListAsync(
            """
            SELECT o.code, org.name, count(a.id)::int, count(v.account_id)::int, r.confirmed_at FROM organisation o
            CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name
                FROM organisation_name n WHERE n.organisation_id = o.id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) org
            LEFT JOIN account a ON a.organisation_code = o.code AND a.left_at IS NULL
            LEFT JOIN account_review_line v ON v.account_id = a.id AND v.year = $3 AND v.organisation_id = o.id
            LEFT JOIN account_review r ON r.organisation_id = o.id AND r.year = $3
            WHERE o.kind <> 'public' GROUP BY o.code, org.name, r.confirmed_at HAVING count(a.id) > 0 OR o.code = ANY ($4)
            ORDER BY r.confirmed_at IS NOT NULL, count(a.id) = 0, portal_fold(org.name), o.code LIMIT 1000
            """,
            row => new ReviewStanding(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), AccountsData.Moment(row, 4), null),
            cancel, language, today, today.Year, owed.Keys.ToArray());
        return [.. rows.Select(row => owed.TryGetValue(row.Code, out var day) ? row with { LastDay = day } : row)];
    }
}

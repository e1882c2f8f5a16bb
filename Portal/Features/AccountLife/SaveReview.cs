using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Says of one account of one's own organisation whether it stays as it is.</summary>
public sealed class SaveReview(PortalDatabase database, TimeProvider clock)
{
    public static readonly string[] Verdicts = ["keep", "change", "lock", "hand_over"];

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int account, string verdict, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        reason = reason.Trim();
        if (!Verdicts.Contains(verdict))
            throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "keep, change, lock or hand_over.");
        if (verdict != "keep" && reason.Length is 0 or > RequestPersons.ReasonCap)
            return reason.Length == 0 ? AccountProblem.ReasonMissing : AccountProblem.TooLong;
        var year = PortalDay.Of(clock).Year;
        await using var system = await database.OpenSystemAsync(cancel);
        if (await system.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM account_review WHERE organisation_id = $1 AND year = $2)", cancel, access.OrganisationId, year))
            return AccountProblem.AlreadyConfirmed;
        return await system.ExecuteAsync(
            """
            INSERT INTO account_review_line (organisation_id, year, account_id, verdict, reason, at, by_name)
            SELECT $1, $2, a.id, $4, $5, $6, $7 FROM account a WHERE a.id = $3 AND a.organisation_code = $8 AND a.left_at IS NULL
            ON CONFLICT (organisation_id, year, account_id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, at = excluded.at, by_name = excluded.by_name
            """, cancel, access.OrganisationId, year, account, verdict, verdict == "keep" ? "" : reason, clock.GetUtcNow(), access.AccountName, access.OrganisationCode) == 0
            ? AccountProblem.NotThere : null;
    }
}

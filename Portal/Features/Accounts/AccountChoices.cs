using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Accounts to choose one from.</summary>
public sealed class AccountChoices(PortalDatabase database, TimeProvider clock)
{
    private const int Cap = 5000;

    /// <summary>Names to sign in with, each with person and organisation, by the person's name.</summary>
    /// <param name="open">Only those that can sign in.</param>
    public async Task<IReadOnlyList<(string Account, string Words)>> ListAsync(Domain.Access.Access access, bool open, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT a.user_name, concat_ws(' · ', CASE WHEN a.display_name IN ('', a.user_name) THEN a.user_name ELSE a.display_name || ' (' || a.user_name || ')' END, coalesce(n.name, a.organisation_code))
            FROM account a LEFT JOIN LATERAL (
                SELECT CASE WHEN $3 AND x.name_en <> '' THEN x.name_en ELSE x.name_vi END AS name FROM organisation_name x JOIN organisation o ON o.id = x.organisation_id
                WHERE o.code = a.organisation_code ORDER BY x.valid @> $4::date DESC, lower(x.valid) DESC NULLS LAST LIMIT 1) n ON true
            WHERE NOT $1 OR portal_account_open(a.id) ORDER BY portal_fold(coalesce(nullif(a.display_name, ''), a.user_name)), a.id LIMIT $2
            """,
            row => (row.GetString(0), row.GetString(1)), cancel, open, Cap, Shell.Language.Current == "en", PortalDay.Of(clock));
    }
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>Somebody whom the agency vouched for.</summary>
/// <param name="Account">Name of the account that it opens; empty while it opens none.</param>
public sealed record AgencyRow(int Id, string Issuer, string Subject, string Name, string Email, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Account);

/// <summary>An account to which somebody may be bound.</summary>
/// <param name="HasSay">Its word counts where two persons are needed: binding it takes two.</param>
public sealed record BindableAccount(string Name, string Person, string Organisation, bool HasSay);

/// <summary>Who has come through the agency's sign-in, and which account each opens.</summary>
public sealed class AgencyData(PortalDatabase database)
{
    public const int Cap = 200;
    private const int AccountCap = 5000;

    /// <summary>Those without an account first, the newest first; at most <see cref="Cap"/>.</summary>
    public async Task<IReadOnlyList<AgencyRow>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ListAsync(
            """
            SELECT i.id, i.issuer, i.subject, i.name, i.email, i.first_at, i.last_at, coalesce(a.user_name, '')
            FROM agency_identity AS i
            LEFT JOIN account_login AS l ON l.login_provider = i.issuer AND l.provider_key = i.subject
            LEFT JOIN account AS a ON a.id = l.user_id
            ORDER BY a.id IS NOT NULL, i.last_at DESC LIMIT $1
            """,
            row => new AgencyRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7)), cancel, Cap);
    }

    /// <summary>Open accounts that nobody is bound to yet; administrators sign in with password and code alone.</summary>
    public async Task<IReadOnlyList<BindableAccount>> AccountsAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ListAsync(
            """
            SELECT a.user_name, coalesce(nullif(a.display_name, ''), a.user_name), org.name, portal_has_say(a.role, a.organisation_code)
            FROM account AS a JOIN organisation AS o ON o.code = a.organisation_code
            CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name
                FROM organisation_name AS n WHERE n.organisation_id = o.id ORDER BY n.valid @> portal_today() DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) AS org
            WHERE a.role <> 'admin' AND portal_account_open(a.id) AND NOT EXISTS (SELECT FROM account_login AS l WHERE l.user_id = a.id)
            ORDER BY portal_fold(coalesce(nullif(a.display_name, ''), a.user_name)), a.id LIMIT $2
            """,
            row => new BindableAccount(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), cancel, language, AccountCap);
    }
}

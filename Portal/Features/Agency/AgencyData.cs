using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>Somebody whom the agency vouched for.</summary>
/// <param name="Account">Name of the account that it opens; empty while it opens none.</param>
public sealed record AgencyRow(int Id, string Issuer, string Subject, string Name, string Email, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Account);

/// <summary>Who has come through the agency's sign-in, and which account each opens.</summary>
public sealed class AgencyData(PortalDatabase database)
{
    public const int Cap = 200;

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
}

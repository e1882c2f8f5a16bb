using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Makes an account again that was made after the backup: with a one-time password, never with the secrets of the first.</summary>
public sealed class TakeOverAccount(PortalDatabase database, CreateAccount create)
{
    internal async Task<TakeOverOutcome> GrantAsync(Domain.Access.Access access, NpgsqlConnection kept, Leftover leftover, CancellationToken cancel)
    {
        access.Demand(Capability.CreateAccount);
        var before = (await kept.ListAsync(
            "SELECT user_name, role, organisation_code, display_name, email, phone, heads_unit, valid_until, locked_at IS NOT NULL OR left_at IS NOT NULL FROM account WHERE id = $1",
            row => (Name: row.GetString(0), Role: row.GetString(1), Organisation: row.GetString(2), Display: row.GetString(3), Email: row.GetString(4), Phone: row.GetString(5),
                Heads: row.GetBoolean(6), Until: row.IsDBNull(7) ? null : (DateOnly?)row.GetFieldValue<DateOnly>(7), Closed: row.GetBoolean(8)),
            cancel, int.Parse(leftover.Key.Split('|')[0], CultureInfo.InvariantCulture))).Single();
        if (before.Closed)
            return TakeOverOutcome.Of(TakeOverResult.AccountWasClosed, before.Name);
        var (password, problems) = await create.RunAsync(access, before.Name, Enum.Parse<Role>(before.Role, ignoreCase: true), before.Organisation);
        if (password is null)
            return problems.Contains("DuplicateUserName") ? TakeOverOutcome.Of(TakeOverResult.Already) : TakeOverOutcome.Of(TakeOverResult.Refused, string.Join(", ", problems));
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync(
            """
            UPDATE account SET display_name = $2, phone = $3, heads_unit = $4, valid_until = $5::date,
                email = CASE WHEN EXISTS (SELECT FROM account AS o WHERE lower(o.email) = lower($6) AND o.left_at IS NULL) THEN '' ELSE $6 END
            WHERE user_name = $1
            """, cancel, before.Name, before.Display, before.Phone, before.Heads, new NpgsqlParameter { Value = (object?)before.Until ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date }, before.Email);
        return new(TakeOverResult.Account, [before.Name], password);
    }
}

using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Reads and checks the persons of a request.</summary>
internal static class RequestPersons
{
    public const int Most = 200;
    public const int NameCap = 100;
    public const int ReasonCap = 300;

    public static Task<List<RequestPerson>> ReadAsync(NpgsqlConnection system, int request, CancellationToken cancel) => system.ListAsync(
        """
        SELECT p.id, p.act, p.account_id, p.full_name, p.user_name, p.role, p.email, p.phone, p.heads_unit, p.valid_until, p.reason, coalesce(a.user_name, '')
        FROM account_request_person p LEFT JOIN account a ON a.id = p.account_id WHERE p.request_id = $1 ORDER BY p.id
        """,
        row => new RequestPerson(AccountWords.ActOf(row.GetString(1)), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
            row.GetString(7), row.GetBoolean(8), row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9), row.GetString(10))
        { Id = row.GetInt32(0), AccountName = row.GetString(11) },
        cancel, request);

    /// <summary>As it is kept: no spaces around, the login name and the e-mail in small letters.</summary>
    public static RequestPerson Tidy(RequestPerson person) => person with
    {
        FullName = AccountNaming.Tidy(person.FullName),
        UserName = person.UserName.Trim().ToLowerInvariant(),
        Role = person.Role.Trim().ToLowerInvariant(),
        Email = person.Email.Trim().ToLowerInvariant(),
        Phone = person.Phone.Trim(),
        Reason = person.Reason.Trim(),
    };

    /// <summary>What is wrong with a tidy person; null where nothing is.</summary>
    public static async Task<AccountProblem?> CheckAsync(NpgsqlConnection system, RequestRecord request, RequestPerson person, DateOnly today, CancellationToken cancel)
    {
        if (person.Reason.Length > ReasonCap || person.FullName.Length > NameCap)
            return AccountProblem.TooLong;
        if (person.Act != RequestAct.Grant && await CheckAccountAsync(system, request, person, cancel) is { } unknown)
            return unknown;
        if (person.Act is RequestAct.Lock or RequestAct.HandOver)
            return person.Reason.Length == 0 ? AccountProblem.ReasonMissing : null;
        return CheckWords(request, person, today) ?? await CheckTakenAsync(system, request, person, cancel);
    }

    private static async Task<AccountProblem?> CheckAccountAsync(NpgsqlConnection system, RequestRecord request, RequestPerson person, CancellationToken cancel) =>
        !await system.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM account WHERE id = $1 AND organisation_code = $2 AND left_at IS NULL)", cancel, person.Account, request.OrganisationCode)
            ? AccountProblem.AccountUnknown
        : await system.ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT FROM account_request_person p JOIN account_request r ON r.id = p.request_id
            WHERE p.account_id = $1 AND p.id <> $2 AND p.act <> 'grant' AND (r.id = $3 OR r.state IN ('sent', 'assembled', 'approved')))
            """, cancel, person.Account, person.Id, request.Id)
            ? AccountProblem.AlreadyAsked
        : null;

    private static AccountProblem? CheckWords(RequestRecord request, RequestPerson person, DateOnly today) =>
        person.FullName.Length == 0 ? AccountProblem.NameMissing
        : person.Act == RequestAct.Grant && !AccountNaming.IsPlain(person.UserName) ? AccountProblem.LoginWrong
        : !AccountNaming.RolesOf(request.Kind).Any(role => role.ToString().Equals(person.Role, StringComparison.OrdinalIgnoreCase)) ? AccountProblem.RoleWrong
        : !AccountNaming.IsEmail(person.Email) ? AccountProblem.EmailWrong
        : !AccountNaming.IsPhone(person.Phone) ? AccountProblem.PhoneWrong
        : person.Until <= today ? AccountProblem.UntilWrong
        : null;

    // One person, one account: neither login name nor e-mail twice, nor the same name twice in one organisation; drafts of others count once they are sent.
    private static async Task<AccountProblem?> CheckTakenAsync(NpgsqlConnection system, RequestRecord request, RequestPerson person, CancellationToken cancel)
    {
        var (login, email, name) = (await system.ListAsync(
            """
            WITH others AS (
                SELECT p.user_name, p.email, p.full_name, r.organisation_id FROM account_request_person p JOIN account_request r ON r.id = p.request_id
                WHERE p.act = 'grant' AND p.id <> $1 AND (r.id = $2 OR r.state IN ('sent', 'assembled', 'approved')))
            SELECT EXISTS (SELECT FROM account WHERE normalized_user_name = upper($3)) OR EXISTS (SELECT FROM others WHERE user_name = $3),
                EXISTS (SELECT FROM account WHERE lower(email) = $4 AND left_at IS NULL AND id IS DISTINCT FROM $7) OR EXISTS (SELECT FROM others WHERE email = $4),
                EXISTS (SELECT FROM account WHERE lower(display_name) = lower($5) AND organisation_code = $6 AND left_at IS NULL AND id IS DISTINCT FROM $7)
                    OR EXISTS (SELECT FROM others WHERE lower(full_name) = lower($5) AND organisation_id = $8)
            """,
            row => (row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2)), cancel, person.Id, request.Id, person.UserName, person.Email, person.FullName, request.OrganisationCode,
            new NpgsqlParameter { Value = (object?)person.Account ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer }, request.OrganisationId)).Single();
        return person.Act == RequestAct.Grant && login ? AccountProblem.LoginTaken : email ? AccountProblem.EmailTaken : name ? AccountProblem.PersonTaken : null;
    }
}

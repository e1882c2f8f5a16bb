using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>A stay of an account.</summary>
public sealed record OwnSession(DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset? EndedAt, string Way, string Address, string Device);

/// <summary>What stands in a form that was not sent yet.</summary>
/// <param name="Fields">As JSON.</param>
public sealed record OwnDraft(string Form, string Fields, DateTimeOffset KeptAt);

/// <summary>What the portal keeps of a person.</summary>
public sealed record OwnRecord(
    string Login, string Name, string Email, string Phone, string Role, string Organisation, bool HeadsUnit, DateOnly? ValidUntil, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt,
    DateTimeOffset? PasswordChangedAt, string NoticeMail, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<string> DeskItems, IReadOnlyList<int> Submissions, int Notices,
    IReadOnlyList<string> Requests, IReadOnlyList<OwnDraft> Drafts, IReadOnlyList<string> Views);

/// <summary>What the portal keeps of oneself, to read, take away and correct (Luật 91/2025/QH15).</summary>
public sealed class OwnData(PortalDatabase database)
{
    private const int ListCap = 1000;

    public async Task<OwnRecord> ReadAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        var sessions = await system.ListAsync(
            "SELECT started_at, seen_at, ended_at, way, from_address, device FROM account_session WHERE account_id = $1 ORDER BY started_at DESC LIMIT $2",
            row => new OwnSession(row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1), AccountsData.Moment(row, 2), row.GetString(3), row.GetString(4), row.GetString(5)),
            cancel, access.AccountId, ListCap);
        var requests = await system.ListAsync(
            "SELECT r.id, r.state FROM account_request_person p JOIN account_request r ON r.id = p.request_id WHERE p.account_id = $1 ORDER BY r.id LIMIT $2",
            row => $"{RequestRecord.NumberOf(row.GetInt32(0))} ({row.GetString(1)})", cancel, access.AccountId, ListCap);
        var drafts = await system.ListAsync(
            "SELECT form, fields::text, kept_at FROM form_draft WHERE account_id = $1 ORDER BY kept_at DESC LIMIT $2",
            row => new OwnDraft(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)), cancel, access.AccountId, ListCap);
        var views = await system.ListAsync("SELECT list || ': ' || name FROM list_view WHERE account_id = $1 ORDER BY list, name LIMIT $2", row => row.GetString(0), cancel, access.AccountId, ListCap);
        var (desk, submissions) = await WorkAsync(access, cancel);
        return (await system.ListAsync(
            """
            SELECT a.user_name, a.display_name, a.email, a.phone, a.role, a.organisation_code, a.heads_unit, a.valid_until, a.created_at, a.last_seen_at, a.password_changed_at,
                coalesce((SELECT c.email FROM notice_choice c WHERE c.account_id = a.id), ''), (SELECT count(*)::int FROM notice n WHERE n.account_id = a.id)
            FROM account a WHERE a.id = $1
            """,
            row => new OwnRecord(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6),
                row.IsDBNull(7) ? null : row.GetFieldValue<DateOnly>(7), row.GetFieldValue<DateTimeOffset>(8), AccountsData.Moment(row, 9), AccountsData.Moment(row, 10), row.GetString(11),
                sessions, desk, submissions, row.GetInt32(12), requests, drafts, views),
            cancel, access.AccountId)).Single();
    }

    /// <summary>Corrects e-mail and telephone; the name is the Centre's to change, after the letter of the organisation.</summary>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> CorrectAsync(Domain.Access.Access access, string email, string phone, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        (email, phone) = (email.Trim().ToLowerInvariant(), phone.Trim());
        if (!AccountNaming.IsEmail(email))
            return AccountProblem.EmailWrong;
        if (!AccountNaming.IsPhone(phone))
            return AccountProblem.PhoneWrong;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        try
        {
            await system.ExecuteAsync(
                "UPDATE account SET email = $2, phone = $3, concurrency_stamp = gen_random_uuid()::text WHERE id = $1 AND left_at IS NULL", cancel, access.AccountId, email, phone);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "account_email_once")
        {
            return AccountProblem.EmailTaken;
        }
        await WriteAudit.AsAsync(system, access, "own-data-changed", access.AccountName, new { account = access.AccountId, what = "email, phone" });
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<(IReadOnlyList<string> Desk, IReadOnlyList<int> Submissions)> WorkAsync(Domain.Access.Access of, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(of, cancel);
        var desk = await db.Connection.ListAsync(
            "SELECT number FROM desk_item WHERE account_id = $1 ORDER BY id LIMIT $2", row => row.GetString(0), cancel, of.AccountId, ListCap);
        // A guest hands nothing in, and the login of guests may not ask who did.
        return (desk, !of.May(Capability.HandIn) ? [] : await db.Connection.ListAsync(
            "SELECT id FROM submission WHERE account_id = $1 ORDER BY id LIMIT $2", row => row.GetInt32(0), cancel, of.AccountId, ListCap));
    }
}

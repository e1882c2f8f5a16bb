using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Why a person leaves an account, and by which document.</summary>
/// <param name="Moves">To another organisation, which must ask anew; else retired or gone.</param>
public sealed record HandoverDocument(string Number, DateOnly? Date, bool Moves, string Reason);

/// <summary>What went over to the head of the unit.</summary>
/// <param name="Pseudonym">What the account is called from now on.</param>
public sealed record Handover(string Head, string Pseudonym, int Asked, int TakenOn, int Drafts);

/// <summary>Ends the account of a person who moves or retires (Điều 6.2c): open work passes to the head of the unit, whose rights are those of the organisation already;
/// what the person did stays as it was written; of the person themselves the account keeps a pseudonym (Luật 91/2025/QH15).</summary>
public sealed class HandOverAccount(PortalDatabase database, RaiseNotice raise, TimeProvider clock)
{
    /// <returns>What went over, or why nothing did.</returns>
    public async Task<(Handover? Done, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, int id, HandoverDocument document, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var number = document.Number.Trim();
        if (StartRequest.Check(number, document.Date, PortalDay.Of(clock)) is { } wrong)
            return (null, wrong);
        if (document.Reason.Trim().Length > RequestPersons.ReasonCap)
            return (null, AccountProblem.TooLong);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var (done, problem) = await WithinAsync(system, access, id, document with { Number = number, Reason = document.Reason.Trim() }, clock.GetUtcNow(), cancel);
        if (done is null)
            return (null, problem);
        await transaction.CommitAsync(cancel);
        await TellAsync(id, done.Value.Head, done.Value.Handover, cancel);
        return (done.Value.Handover, null);
    }

    /// <summary>In the caller's transaction; the head is told after it.</summary>
    internal static async Task<((int Head, string Person, Handover Handover)? Done, AccountProblem? Problem)> WithinAsync(
        NpgsqlConnection system, Domain.Access.Access by, int id, HandoverDocument document, DateTimeOffset now, CancellationToken cancel)
    {
        if (await AccountRecord.FindAsync(system, id, now, cancel) is not { } account)
            return (null, AccountProblem.NotThere);
        if (account.State == AccountState.Left)
            return (null, AccountProblem.NotNow);
        if (id == by.AccountId)
            return (null, AccountProblem.OwnAccount);
        var heads = await system.ListAsync(
            """
            SELECT id, user_name FROM account WHERE organisation_code = $1 AND heads_unit AND id <> $2 AND portal_account_state(id, $3) IN ('open', 'locked_out') ORDER BY id LIMIT 1
            """, row => (Id: row.GetInt32(0), Name: row.GetString(1)), cancel, account.OrganisationCode, id, now);
        if (heads.Count == 0)
            return (null, account.HeadsUnit ? AccountProblem.IsHead : AccountProblem.NoHead);
        if (await account.IsLastAdministratorAsync(system, now, cancel))
            return (null, AccountProblem.LastAdministrator);
        var head = heads[0];
        // So that the history of what passes on says who made it pass.
        await system.ExecuteAsync("SELECT set_config('quantrac.account', $1, true)", cancel, by.AccountId is { } actor ? RequestRecord.NumberOf(actor) : "");
        var (asked, takenOn, drafts) = (await system.ListAsync(
            "SELECT asked, taken_on, drafts FROM portal_hand_over_work($1, $2)", row => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), cancel, id, head.Id)).Single();
        var pseudonym = AccountNaming.PseudonymOf(id);
        await ForgetAsync(system, by, id, pseudonym, now, cancel);
        await WriteAudit.AsAsync(system, by, "account-handed-over", account.Name, new
        {
            account = id, to = head.Name, pseudonym, document.Number, document.Date, moves = document.Moves, reason = document.Reason, asked, taken_on = takenOn, drafts,
        });
        return ((head.Id, account.Person, new(head.Name, pseudonym, asked, takenOn, drafts)), null);
    }

    internal Task TellAsync(int account, int head, Handover done, CancellationToken cancel) => raise.RunAsync(
        new("Account.HandedOver", [done.Pseudonym, RequestRecord.NumberOf(done.Asked + done.TakenOn), RequestRecord.NumberOf(done.Drafts)], "/desk", "account-handed-over:" + RequestRecord.NumberOf(account)),
        [head], cancel);

    // The audit keeps the name under which things were done; whatever else names the person goes.
    internal static async Task ForgetAsync(NpgsqlConnection system, Domain.Access.Access by, int id, string pseudonym, DateTimeOffset now, CancellationToken cancel)
    {
        var person = "Người dùng đã nghỉ " + pseudonym[(pseudonym.IndexOf('-', StringComparison.Ordinal) + 1)..];
        await system.ExecuteAsync(
            """
            UPDATE account SET user_name = $2, normalized_user_name = upper($2), display_name = $3, email = '', phone = '', heads_unit = false, password_hash = NULL, left_at = $4,
                security_stamp = gen_random_uuid()::text, concurrency_stamp = gen_random_uuid()::text WHERE id = $1
            """, cancel, id, pseudonym, person, now);
        await AccountDoors.CloseAsync(system, id, by.AccountName, "Bàn giao tài khoản", now, cancel);
        await system.ExecuteAsync("DELETE FROM account_login WHERE user_id = $1", cancel, id);
        await system.ExecuteAsync("DELETE FROM account_token WHERE user_id = $1", cancel, id);
        await system.ExecuteAsync("DELETE FROM account_claim WHERE user_id = $1", cancel, id);
        await system.ExecuteAsync("UPDATE notice_choice SET email = '', mail = 'none' WHERE account_id = $1", cancel, id);
        await system.ExecuteAsync("DELETE FROM form_draft WHERE account_id = $1", cancel, id);
        await system.ExecuteAsync("DELETE FROM list_view WHERE account_id = $1", cancel, id);
        await system.ExecuteAsync("UPDATE account_request_person SET full_name = $2, user_name = $3, email = '', phone = '' WHERE account_id = $1", cancel, id, person, pseudonym);
        await system.ExecuteAsync("UPDATE account_request SET asked_name = $2 WHERE asked_by = $1", cancel, id, pseudonym);
        await system.ExecuteAsync("UPDATE account_session SET from_address = '', device = '' WHERE account_id = $1", cancel, id);
    }
}

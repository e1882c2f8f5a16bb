using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What came of carrying a request out.</summary>
/// <param name="Passwords">Of the accounts that were made, shown this once.</param>
/// <param name="Person">Whom the problem concerns; empty where it concerns the request.</param>
public sealed record Granted(IReadOnlyList<Handed> Passwords, AccountProblem? Problem, string Person = "");

/// <summary>The Centre carries out what the Department approved: all of it, or nothing.</summary>
public sealed class GrantRequest(PortalDatabase database, IPasswordHasher<Account> hasher, AccountNotices notices, HandOverAccount handOver, TimeProvider clock)
{
    public async Task<Granted> RunAsync(Domain.Access.Access access, int id, string version, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return new([], AccountProblem.NotThere);
        if (record.Version != version)
            return new([], AccountProblem.Changed);
        if (record.State != RequestState.Approved)
            return new([], AccountProblem.NotNow);
        if (await RefusalAsync(system, access, record, cancel) is { } refused)
            return new([], refused);
        // First, so that of two at once the second waits here and then finds another version.
        if (!await record.GoAsync(system, access, RequestState.Granted, "granted", "", now, cancel))
            return new([], AccountProblem.Changed);
        var (passwords, handovers) = (new List<Handed>(), new List<(int Account, int Head, Handover Done)>());
        foreach (var person in await RequestPersons.ReadAsync(system, id, cancel))
        {
            var who = person.FullName.Length > 0 ? person.FullName : person.AccountName;
            if (await RequestPersons.CheckAsync(system, record, person, PortalDay.Of(clock), cancel) is { } wrong)
                return new([], wrong, who);
            AccountProblem? problem = null;
            if (person.Act == RequestAct.Grant)
                problem = await MakeAsync(system, access, record, person, passwords, cancel);
            else if (person.Act == RequestAct.HandOver)
            {
                (var done, problem) = await HandOverAccount.WithinAsync(system, access, person.Account!.Value, new(record.Letter, record.Dated, false, person.Reason), now, cancel);
                if (done is { } over)
                    handovers.Add((person.Account!.Value, over.Head, over.Handover));
            }
            else
                problem = await ChangeAsync(system, access, person, passwords, now, cancel);
            if (problem is { } code)
                return new([], code, who);
        }
        await WriteAudit.AsAsync(system, access, "account-request-granted", record.Number, new { organisation = record.OrganisationCode });
        await transaction.CommitAsync(cancel);
        foreach (var (account, head, done) in handovers)
            await handOver.TellAsync(account, head, done, cancel);
        await notices.ToAskerAsync(id, "Granted", record.OrganisationCode, now, record.AskedBy, access.AccountId, cancel);
        return new(passwords, null);
    }

    // Accounts whose word counts are made or raised by a third one beside who assembled and who approved; the database holds to it.
    private static async Task<AccountProblem?> RefusalAsync(NpgsqlConnection system, Domain.Access.Access by, RequestRecord record, CancellationToken cancel)
    {
        if (!await system.ScalarAsync<bool>("SELECT portal_gives_say($1, $2)", cancel, record.Id, record.OrganisationId))
            return null;
        if (by.AccountId is not { } account || account == record.AskedBy || account == record.AssembledBy)
            return AccountProblem.ThirdPerson;
        return await system.ScalarAsync<string>("SELECT portal_second_person($1::int, $2, 'admin', true)", cancel, record.AssembledBy, account) is { Length: > 0 } ? AccountProblem.NoWord : null;
    }

    private async Task<AccountProblem?> MakeAsync(
        NpgsqlConnection system, Domain.Access.Access by, RequestRecord record, RequestPerson person, List<Handed> passwords, CancellationToken cancel)
    {
        var password = CreateAccount.OneTimePassword();
        try
        {
            var account = await system.ScalarAsync<int>(
                """
                INSERT INTO account (user_name, normalized_user_name, display_name, role, organisation_code, password_hash, security_stamp, concurrency_stamp, must_change_password,
                    email, phone, heads_unit, valid_until, created_at)
                VALUES ($1, upper($1), $2, $3, $4, $5, gen_random_uuid()::text, gen_random_uuid()::text, true, $6, $7, $8, $9, $10) RETURNING id
                """, cancel, person.UserName, person.FullName, person.Role, record.OrganisationCode,
                hasher.HashPassword(new Account { Role = person.Role, OrganisationCode = record.OrganisationCode }, password), person.Email, person.Phone, person.HeadsUnit, Day(person.Until),
                clock.GetUtcNow());
            await system.ExecuteAsync("UPDATE account_request_person SET account_id = $2 WHERE id = $1", cancel, person.Id, account);
            await WriteAudit.AsAsync(system, by, "account-created", person.UserName, new { account, role = person.Role, organisation = record.OrganisationCode, request = record.Number });
            passwords.Add(new(person.FullName, person.UserName, password, person.Until, await HasSayAsync(system, account, cancel)));
            return null;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return taken.ConstraintName == "account_name_once" ? AccountProblem.LoginTaken : AccountProblem.EmailTaken;
        }
    }

    private async Task<AccountProblem?> ChangeAsync(
        NpgsqlConnection system, Domain.Access.Access by, RequestPerson person, List<Handed> passwords, DateTimeOffset now, CancellationToken cancel)
    {
        if (await AccountRecord.FindAsync(system, person.Account!.Value, now, cancel) is not { State: not AccountState.Left } account)
            return AccountProblem.AccountUnknown;
        if (person.Act == RequestAct.Lock)
        {
            // Locked meanwhile is as good.
            if (account.State != AccountState.Locked && await account.LockAsync(system, by.AccountName, person.Reason, now, cancel) is { } problem)
                return problem;
            await WriteAudit.AsAsync(system, by, "account-locked", account.Name, new { account = account.Id, reason = person.Reason });
            return null;
        }
        if (account.Role != person.Role && await account.IsLastAdministratorAsync(system, now, cancel))
            return AccountProblem.LastAdministrator;
        await system.ExecuteAsync(
            """
            UPDATE account SET display_name = $2, role = $3, email = $4, phone = $5, heads_unit = $6, valid_until = $7, concurrency_stamp = gen_random_uuid()::text WHERE id = $1
            """, cancel, account.Id, person.FullName, person.Role, person.Email, person.Phone, person.HeadsUnit, Day(person.Until));
        await WriteAudit.AsAsync(system, by, "account-changed", account.Name, new { account = account.Id, was = account.Role, role = person.Role, heads = person.HeadsUnit, until = person.Until });
        if (!account.HasSay && await HasSayAsync(system, account.Id, cancel))
            passwords.Add(await RaiseAsync(system, by, account, cancel));
        return null;
    }

    // Whoever held the account before, or gave it its password, does not hold what it has become.
    private async Task<Handed> RaiseAsync(NpgsqlConnection system, Domain.Access.Access by, AccountRecord account, CancellationToken cancel)
    {
        await SecondStep.RemoveAsync(system, account.Id, cancel);
        await system.ExecuteAsync("DELETE FROM account_login WHERE user_id = $1", cancel, account.Id);
        return await ResetPassword.GiveAsync(system, hasher, by, account with { HasSay = true }, "", clock.GetUtcNow(), cancel);
    }

    private static Task<bool> HasSayAsync(NpgsqlConnection system, int account, CancellationToken cancel) =>
        system.ScalarAsync<bool>("SELECT portal_has_say(role, organisation_code) FROM account WHERE id = $1", cancel, account);

    private static NpgsqlParameter Day(DateOnly? day) => new() { Value = (object?)day ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date };
}

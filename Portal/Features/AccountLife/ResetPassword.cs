using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Centre gives an account a new one-time password: whoever was in with the old one is out, and no other door stays open. Of an account whose word counts two
/// administrators do it together, and the second is shown the password.</summary>
public sealed class ResetPassword(PortalDatabase database, IPasswordHasher<Account> hasher, AskSecondWord ask, SecondWordNotices notices, TimeProvider clock) : IConfirmedAct
{
    private const string Kind = "password-reset";

    IReadOnlyCollection<string> IConfirmedAct.Kinds => [Kind];

    /// <returns>The password, shown this once; or why there is none.</returns>
    public async Task<(Handed? Handed, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (id == access.AccountId)
            return (null, AccountProblem.OwnAccount);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await AccountRecord.FindAsync(system, id, clock.GetUtcNow(), cancel) is not { } account)
            return (null, AccountProblem.NotThere);
        if (account.State == AccountState.Left)
            return (null, AccountProblem.NotNow);
        if (account.TakesTwo(access))
        {
            await transaction.RollbackAsync(cancel);
            return (null, AccountWords.ProblemOf(await ask.RunAsync(access, new(Kind, id, account.Name, reason), cancel)));
        }
        var handed = await GiveAsync(system, hasher, access, account, reason.Trim(), clock.GetUtcNow(), cancel);
        await WriteAudit.AsAsync(system, access, "account-password-reset", account.Name, new { account = id, reason = reason.Trim() });
        await transaction.CommitAsync(cancel);
        await notices.DoneAloneAsync(Kind, id, account.Name, account.HasSay, access, cancel);
        return (handed, null);
    }

    async Task<ActOutcome> IConfirmedAct.CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel)
    {
        if (await AccountRecord.FindAsync(system, word.Account!.Value, clock.GetUtcNow(), cancel) is not { State: not AccountState.Left } account)
            return new(nameof(AccountProblem.NotNow));
        var handed = await GiveAsync(system, hasher, by, account, word.Reason, clock.GetUtcNow(), cancel);
        await WriteAudit.AsAsync(system, by, "account-password-reset", account.Name, new { account = account.Id, asked_by = word.AskedName, reason = word.Reason });
        return new() { Given = new(handed.Person, handed.Name, handed.Password) };
    }

    /// <summary>A one-time password in the caller's transaction; every door that the old holder had is shut.</summary>
    internal static async Task<Handed> GiveAsync(
        NpgsqlConnection system, IPasswordHasher<Account> hasher, Domain.Access.Access by, AccountRecord account, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        var password = CreateAccount.OneTimePassword();
        await system.ExecuteAsync(
            "UPDATE account SET password_hash = $2, must_change_password = true, password_changed_at = NULL, concurrency_stamp = gen_random_uuid()::text WHERE id = $1",
            cancel, account.Id, hasher.HashPassword(new Account { Role = account.Role, OrganisationCode = account.OrganisationCode }, password));
        await AccountDoors.CloseAsync(system, account.Id, by.AccountName, reason.Length > 0 ? reason : "Đặt lại mật khẩu", now, cancel);
        return new(account.Person, account.Name, password, null, account.HasSay);
    }
}

using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Centre locks and unlocks with a reason (Điều 9.3b), extends, lets in again after too many wrong passwords. One alone locks; to open again
/// an account whose word counts takes two.</summary>
public sealed class LockAccount(PortalDatabase database, AskSecondWord ask, TimeProvider clock) : IConfirmedAct
{
    IReadOnlyCollection<string> IConfirmedAct.Kinds => ["unlock", "extend", "lockout-clear"];

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        reason = reason.Trim();
        if (reason.Length is 0 or > RequestPersons.ReasonCap)
            return reason.Length == 0 ? AccountProblem.ReasonMissing : AccountProblem.TooLong;
        if (id == access.AccountId)
            return AccountProblem.OwnAccount;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await AccountRecord.FindAsync(system, id, clock.GetUtcNow(), cancel) is not { } account)
            return AccountProblem.NotThere;
        if (await account.LockAsync(system, access.AccountName, reason, clock.GetUtcNow(), cancel) is { } problem)
            return problem;
        await WriteAudit.AsAsync(system, access, "account-locked", account.Name, new { account = id, reason });
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> UnlockAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return string.IsNullOrWhiteSpace(reason) ? AccountProblem.ReasonMissing : await OpenAsync(access, id, "unlock", reason, null, cancel);
    }

    /// <param name="until">The new last day; null: until it is locked.</param>
    /// <param name="reason">Of an account whose word counts only.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> ExtendAsync(Domain.Access.Access access, int id, DateOnly? until, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return until < PortalDay.Of(clock) ? AccountProblem.UntilWrong : await OpenAsync(access, id, "extend", reason, until, cancel);
    }

    /// <param name="reason">Of an account whose word counts only.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> ClearLockoutAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        return await OpenAsync(access, id, "lockout-clear", reason, null, cancel);
    }

    async Task<ActOutcome> IConfirmedAct.CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel)
    {
        if (await AccountRecord.FindAsync(system, word.Account!.Value, clock.GetUtcNow(), cancel) is not { } account)
            return new(nameof(AccountProblem.NotThere));
        var until = (string?)word.Facts["until"] is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
        if (await ChangeAsync(system, account.Id, word.Kind, until, cancel) is { } problem)
            return new(problem.ToString());
        await WriteAsync(system, by, word.Kind, account, until, word.Reason);
        return new();
    }

    private Task<AccountProblem?> ChangeAsync(NpgsqlConnection system, int id, string kind, DateOnly? until, CancellationToken cancel) => OnceAsync(kind switch
    {
        "unlock" => system.ExecuteAsync(
            "UPDATE account SET locked_at = NULL, locked_by = '', locked_reason = '', idle_from = $2, concurrency_stamp = gen_random_uuid()::text WHERE id = $1 AND locked_at IS NOT NULL AND left_at IS NULL",
            cancel, id, clock.GetUtcNow()),
        "extend" => system.ExecuteAsync(
            "UPDATE account SET valid_until = $2, idle_from = $3, concurrency_stamp = gen_random_uuid()::text WHERE id = $1 AND left_at IS NULL",
            cancel, id, new NpgsqlParameter { Value = (object?)until ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date }, clock.GetUtcNow()),
        _ => system.ExecuteAsync(
            "DELETE FROM sign_in_trial WHERE subject = $1 AND EXISTS (SELECT FROM sign_in_trial WHERE subject = $1 AND shut_until > $2)",
            cancel, SignInTrial.SubjectOf(id), clock.GetUtcNow()),
    });

    private static Task WriteAsync(NpgsqlConnection system, Domain.Access.Access by, string kind, AccountRecord account, DateOnly? until, string reason) =>
        WriteAudit.AsAsync(system, by, kind == "unlock" ? "account-unlocked" : kind == "extend" ? "account-extended" : "account-lockout-cleared", account.Name,
            new { account = account.Id, reason = kind == "extend" ? Day(until) : reason });

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    // What opens an account again that was shut: of one whose word counts it takes two.
    private async Task<AccountProblem?> OpenAsync(Domain.Access.Access access, int id, string kind, string reason, DateOnly? until, CancellationToken cancel)
    {
        reason = reason.Trim();
        if (reason.Length > RequestPersons.ReasonCap)
            return AccountProblem.TooLong;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await AccountRecord.FindAsync(system, id, clock.GetUtcNow(), cancel) is not { } account)
            return AccountProblem.NotThere;
        if (account.TakesTwo(access))
        {
            await transaction.RollbackAsync(cancel);
            return AccountWords.ProblemOf(await ask.RunAsync(access, new(kind, id, account.Name, reason, new { until = Day(until) }), cancel));
        }
        if (await ChangeAsync(system, id, kind, until, cancel) is { } problem)
            return problem;
        await WriteAsync(system, access, kind, account, until, reason);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static async Task<AccountProblem?> OnceAsync(Task<int> rows) => await rows == 0 ? AccountProblem.NotNow : null;
}

using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Hands in again, from its stored file and as whoever handed it in, what was handed in after the backup; and goes with it as far as it had come.</summary>
public sealed class TakeOverSubmission(
    PortalDatabase database, FileStore files, UserManager<Account> accounts, HandInFile handIn, CheckSubmission check, SubmitSubmission submit, WithdrawSubmission withdraw,
    AcceptSubmission accept, ReturnSubmission sendBack)
{
    private const string Reason = "Tiếp nhận lại sau khôi phục dữ liệu";

    private sealed record Before(int Id, string Account, string Sha256, string File, string Layout, string State, DateTimeOffset At, string DecidedBy, string Decision);

    /// <summary>A submission that is not in the restored data.</summary>
    internal async Task<TakeOverOutcome> AgainAsync(NpgsqlConnection kept, Leftover leftover, CancellationToken cancel)
    {
        var before = await BeforeAsync(kept, leftover, cancel);
        if (await AccountAccess.FindAnyAsync(database, accounts, before.Account, cancel) is not { } owner)
            return TakeOverOutcome.Of(TakeOverResult.AccountGone, before.Account);
        var path = files.PathOf(before.Sha256);
        if (!File.Exists(path))
            return TakeOverOutcome.Of(TakeOverResult.FileGone, before.File);
        var key = $"{leftover.Kept}|{leftover.Key}";
        var number = await FindAsync(owner, key, cancel);
        if (number == 0)
        {
            await using var content = File.OpenRead(path);
            number = await handIn.RunAsync(owner, content, before.File, before.Layout, queue: false, cancel, before: new(key, before.Id, before.At));
        }
        if (await StateAsync(owner, number, cancel) is ("draft", "queued"))
            await check.RunAsync(owner, number, cancel);
        var problem = before.State == "draft" ? null : await GoOnAsync(kept, before, owner, number, cancel);
        var facts = number.ToString(CultureInfo.InvariantCulture);
        return problem is null ? TakeOverOutcome.Of(TakeOverResult.Submission, facts) : TakeOverOutcome.Of(TakeOverResult.SubmissionHalf, facts, problem);
    }

    /// <summary>A submission that is there, in an earlier state.</summary>
    internal async Task<TakeOverOutcome> DecideAsync(NpgsqlConnection kept, Leftover leftover, CancellationToken cancel)
    {
        var before = await BeforeAsync(kept, leftover, cancel);
        if (await AccountAccess.FindAnyAsync(database, accounts, before.Account, cancel) is not { } owner)
            return TakeOverOutcome.Of(TakeOverResult.AccountGone, before.Account);
        var number = before.Id.ToString(CultureInfo.InvariantCulture);
        var (state, _) = await StateAsync(owner, before.Id, cancel);
        if (state == "")
            return TakeOverOutcome.Of(TakeOverResult.BelongsToNothing, number);
        if (state == before.State)
            return TakeOverOutcome.Of(TakeOverResult.Already);
        return await GoOnAsync(kept, before, owner, before.Id, cancel) is { } problem
            ? TakeOverOutcome.Of(TakeOverResult.Refused, problem)
            : TakeOverOutcome.Of(TakeOverResult.Decision, number, before.State);
    }

    // As far as it had come, each step by whoever took it.
    private async Task<string?> GoOnAsync(NpgsqlConnection kept, Before before, Domain.Access.Access owner, int number, CancellationToken cancel)
    {
        if (before.State == "withdrawn")
            return (await withdraw.RunAsync(owner, number, cancel))?.ToString();
        if (await StateAsync(owner, number, cancel) is ("draft", _))
        {
            var reasons = (await kept.ListAsync("SELECT ordinal, reason FROM submission_problem WHERE submission_id = $1 AND severity = 'warning' AND reason <> ''",
                row => (row.GetInt32(0), row.GetString(1)), cancel, before.Id)).ToDictionary(row => row.Item1, row => row.Item2);
            reasons[0] = Reason;
            if (await submit.RunAsync(owner, number, reasons, cancel) is { } problem)
                return problem.ToString();
        }
        if (before.State is not ("accepted" or "returned"))
            return null;
        if (await AccountAccess.FindAnyAsync(database, accounts, before.DecidedBy, cancel) is not { } decider || !decider.May(Capability.AcceptSubmission))
            return nameof(TakeOverResult.AccountGone);
        var refused = before.State == "accepted"
            ? (await accept.RunAsync(decider, number, cancel)).Problem
            : await sendBack.RunAsync(decider, number, before.Decision, cancel);
        return refused?.ToString();
    }

    private static async Task<Before> BeforeAsync(NpgsqlConnection kept, Leftover leftover, CancellationToken cancel) => (await kept.ListAsync(
        "SELECT id, account_name, file_sha256, file_name, layout, state, created_at, coalesce(decided_by, ''), decision FROM submission WHERE id = $1",
        row => new Before(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), row.GetString(8)),
        cancel, int.Parse(leftover.Facts[0], CultureInfo.InvariantCulture))).Single();

    private async Task<int> FindAsync(Domain.Access.Access owner, string key, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(owner, cancel);
        return await db.Connection.ScalarAsync<int>("SELECT id FROM submission WHERE first_key = $1", cancel, key);
    }

    private async Task<(string State, string Checking)> StateAsync(Domain.Access.Access owner, int number, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(owner, cancel);
        return (await db.Connection.ListAsync("SELECT state, checking FROM submission WHERE id = $1", row => (row.GetString(0), row.GetString(1)), cancel, number))
            .DefaultIfEmpty(("", "")).First();
    }
}

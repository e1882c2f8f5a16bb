using System.Text.Json.Nodes;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>The second administrator says yes, and what was asked is carried out. Who may is the database's rule (portal_second_person); the word and the act stand or
/// fall together, but for what is too long for one transaction.</summary>
public sealed class ConfirmSecondWord(PortalDatabase database, IEnumerable<IConfirmedAct> acts, SecondWordNotices notices)
{
    // One at a time: of two who reset one another crosswise each would wait for the other.
    private const long ConfirmersLock = 2_620_229_005;

    public async Task<WordOutcome> RunAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        AskedWord word;
        ActOutcome outcome;
        await using (var transaction = await system.BeginTransactionAsync(cancel))
        {
            await system.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, ConfirmersLock);
            if (await FindAsync(system, id, cancel) is not { } asked)
                return new(WordProblem.NotOpen);
            word = asked;
            if (word.Account is { } concerned && concerned == access.AccountId)
                return new(WordProblem.Own);
            if (await system.ScalarAsync<string>("SELECT portal_second_person($1, $2, 'admin')", cancel, word.AskedBy, access.AccountId ?? 0) is { Length: > 0 } why)
                return new(AskSecondWord.ProblemOf(why));
            await system.ExecuteAsync(
                "UPDATE second_word SET state = 'confirmed', confirmed_by = $2, confirmed_name = $3, confirmed_at = clock_timestamp() WHERE id = $1", cancel, id, access.AccountId, access.AccountName);
            outcome = await acts.Single(act => act.Kinds.Contains(word.Kind)).CarryOutAsync(system, access, word, cancel);
            if (outcome.Fault is { } fault)
                return new(null, fault);
            await WriteAudit.AsAsync(system, access, "second-word-confirmed", word.Subject, new { what = word.Kind, account = word.Account, asked_by = word.AskedName, reason = word.Reason });
            await transaction.CommitAsync(cancel);
        }
        var later = outcome.Then is { } then ? await ThenAsync(system, id, then) : null;
        if (later is null)
            await notices.DoneAsync(word, access, cancel);
        return new(null, later, outcome.Given);
    }

    // Confirmed it stays; what went wrong after it is written down.
    private static async Task<string?> ThenAsync(NpgsqlConnection system, int id, Func<CancellationToken, Task<string?>> then)
    {
        string? fault = "Failed";
        try
        {
            // Whoever closes the page does not stop it.
            fault = await then(CancellationToken.None);
        }
        finally
        {
            if (fault is not null)
                await system.ExecuteAsync("UPDATE second_word SET state = 'failed' WHERE id = $1", CancellationToken.None, id);
        }
        return fault;
    }

    private static async Task<AskedWord?> FindAsync(NpgsqlConnection system, int id, CancellationToken cancel) => (await system.ListAsync(
        """
        SELECT id, kind, account_id, subject, facts::text, reason, asked_by, asked_name FROM second_word
        WHERE id = $1 AND state = 'asked' AND lapses_at > clock_timestamp() FOR UPDATE
        """,
        row => new AskedWord(row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetString(3), JsonNode.Parse(row.GetString(4))!.AsObject(),
            row.GetString(5), row.GetInt32(6), row.GetString(7)), cancel, id)).FirstOrDefault();
}

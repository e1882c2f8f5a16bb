using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Asks for what one administrator alone may not do: it waits for the word of another one.</summary>
public sealed class AskSecondWord(PortalDatabase database, SecondWordNotices notices)
{
    public const int ReasonCap = 300;

    /// <returns>Null where it waits now.</returns>
    public async Task<WordProblem?> RunAsync(Domain.Access.Access access, WordAsk ask, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var reason = WriteAudit.OneLine(ask.Reason.Trim());
        if (reason.Length is 0 or > ReasonCap)
            return reason.Length == 0 ? WordProblem.ReasonMissing : WordProblem.TooLong;
        if (access.AccountId is not { } asker || asker == ask.Account)
            return WordProblem.Own;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await system.ScalarAsync<string>("SELECT portal_why_no_word($1, 'admin')", cancel, asker) is { Length: > 0 } why)
            return ProblemOf(why);
        await system.ExecuteAsync("UPDATE second_word SET state = 'lapsed' WHERE state = 'asked' AND lapses_at <= clock_timestamp()", cancel);
        var id = await system.ScalarAsync<int>(
            """
            INSERT INTO second_word (kind, account_id, subject, facts, reason, asked_by, asked_name) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (kind, coalesce(account_id, 0)) WHERE state = 'asked' DO NOTHING RETURNING id
            """, cancel, ask.Kind, new NpgsqlParameter { Value = (object?)ask.Account ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, ask.Subject,
            new NpgsqlParameter { Value = JsonSerializer.Serialize(ask.Facts ?? new { }), NpgsqlDbType = NpgsqlDbType.Jsonb }, reason, asker, access.AccountName);
        if (id == 0)
            return WordProblem.AlreadyAsked;
        await WriteAudit.AsAsync(system, access, "second-word-asked", ask.Subject, new { what = ask.Kind, account = ask.Account, reason });
        await transaction.CommitAsync(cancel);
        await notices.AskedAsync(id, ask, access, cancel);
        return null;
    }

    internal static WordProblem ProblemOf(string why) => why switch
    {
        "fresh" => WordProblem.Fresh,
        "closed" => WordProblem.Closed,
        "first_fresh" => WordProblem.AskerFresh,
        "first_closed" => WordProblem.AskerClosed,
        "own" => WordProblem.Own,
        _ => WordProblem.NotOpen,
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Attaches documents again, asks the desk again, releases again: what was done by paper or word after the backup.</summary>
public sealed class TakeOverPaper(
    PortalDatabase database, FileStore files, UserManager<Account> accounts, FulfilDuty fulfil, AskDesk ask, ReplyDesk reply, AttachDeskFile attach, ReleaseCampaign release)
{
    internal async Task<TakeOverOutcome> DutyAsync(NpgsqlConnection kept, Leftover leftover, CancellationToken cancel)
    {
        var (duty, organisation, period, number, dated, note, sha256, file) = (await kept.ListAsync(
            """
            SELECT d.code, g.code, o.period, f.document_number, f.document_date, f.note, f.file_sha256, f.file_name
            FROM duty_fulfilment AS f JOIN duty_occurrence AS o ON o.id = f.occurrence_id JOIN duty AS d ON d.id = o.duty_id JOIN organisation AS g ON g.id = o.organisation_id WHERE f.id = $1
            """, row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateOnly>(4), row.GetString(5), row.GetString(6), row.GetString(7)),
            cancel, IdOf(leftover))).Single();
        if (await AccountAccess.FindAnyAsync(database, accounts, leftover.Who, cancel) is not { } owner)
            return TakeOverOutcome.Of(TakeOverResult.AccountGone, leftover.Who);
        if (!File.Exists(files.PathOf(sha256)))
            return TakeOverOutcome.Of(TakeOverResult.FileGone, file);
        int occurrence;
        await using (var db = await database.OpenAsync(owner, cancel))
        {
            occurrence = await db.Connection.ScalarAsync<int>(
                """
                SELECT o.id FROM duty_occurrence AS o JOIN duty AS d ON d.id = o.duty_id JOIN organisation AS g ON g.id = o.organisation_id
                WHERE d.code = $1 AND g.code = $2 AND o.period = $3
                """, cancel, duty, organisation, period);
        }
        if (occurrence == 0)
            return TakeOverOutcome.Of(TakeOverResult.BelongsToNothing, $"{duty} {period}");
        await using var scan = File.OpenRead(files.PathOf(sha256));
        return await fulfil.RunAsync(owner, occurrence, new(number, dated, note, file), scan, cancel) switch
        {
            null => TakeOverOutcome.Of(TakeOverResult.Duty, number),
            DutyProblem.AlreadyFulfilled => TakeOverOutcome.Of(TakeOverResult.Already),
            var problem => TakeOverOutcome.Of(TakeOverResult.Refused, problem.Value.ToString()),
        };
    }

    internal async Task<TakeOverOutcome> DeskAsync(NpgsqlConnection kept, Leftover leftover, CancellationToken cancel)
    {
        if (await AccountAccess.FindAnyAsync(database, accounts, leftover.Who, cancel) is not { } owner)
            return TakeOverOutcome.Of(TakeOverResult.AccountGone, leftover.Who);
        var question = (await kept.ListAsync(
            "SELECT kind, title, words, expected, severity, data_affected, personal_data, reference FROM desk_item WHERE id = $1",
            row => new DeskQuestion(Enum.Parse<DeskKind>(row.GetString(0), ignoreCase: true), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6), row.GetString(7)),
            cancel, IdOf(leftover))).Single();
        int item;
        await using (var db = await database.OpenAsync(owner, cancel))
            item = await db.Connection.ScalarAsync<int>("SELECT id FROM desk_item WHERE account_name = $1 AND title = $2 AND words = $3 ORDER BY id DESC LIMIT 1", cancel, leftover.Who, question.Title, question.Words);
        if (item > 0)
            return TakeOverOutcome.Of(TakeOverResult.Already);
        var (asked, problem) = await ask.RunAsync(owner, question, cancel);
        return problem is { } refused ? TakeOverOutcome.Of(TakeOverResult.Refused, refused.ToString()) : await NotesAsync(kept, leftover, owner, asked, cancel);
    }

    // What the asker added; what the Centre answered was answered to a state of things that is gone, and is said again by whoever answers now.
    private async Task<TakeOverOutcome> NotesAsync(NpgsqlConnection kept, Leftover leftover, Domain.Access.Access owner, int item, CancellationToken cancel)
    {
        var notes = await kept.ListAsync("SELECT office, words, coalesce(file_sha256, ''), file_name FROM desk_note WHERE item_id = $1 ORDER BY id",
            row => (Office: row.GetBoolean(0), Words: row.GetString(1), Sha256: row.GetString(2), File: row.GetString(3)), cancel, IdOf(leftover));
        var left = 0;
        foreach (var note in notes)
        {
            DeskProblem? problem = DeskProblem.NotThere;
            if (!note.Office && note.Sha256.Length > 0 && File.Exists(files.PathOf(note.Sha256)))
            {
                await using var content = File.OpenRead(files.PathOf(note.Sha256));
                problem = await attach.RunAsync(owner, item, note.Words, note.File, content, cancel);
            }
            else if (!note.Office && note.Words.Length > 0)
                problem = await reply.RunAsync(owner, item, note.Words, cancel);
            left += problem is null ? 0 : 1;
        }
        return TakeOverOutcome.Of(TakeOverResult.Desk, left.ToString(CultureInfo.InvariantCulture));
    }

    internal async Task<TakeOverOutcome> ReleaseAsync(Leftover leftover, CancellationToken cancel)
    {
        if (await AccountAccess.FindAnyAsync(database, accounts, leftover.Who, cancel) is not { } decider)
            return TakeOverOutcome.Of(TakeOverResult.AccountGone, leftover.Who);
        var code = leftover.Facts[0];
        if (await release.FindAsync(decider, code, cancel) is not { } campaign)
            return TakeOverOutcome.Of(TakeOverResult.BelongsToNothing, code);
        var outcome = await release.RunAsync(decider, campaign, leftover.Facts[2], release: true, cancel);
        return outcome == ReleaseOutcome.Done ? TakeOverOutcome.Of(TakeOverResult.Release, code) : TakeOverOutcome.Of(TakeOverResult.Refused, outcome.ToString());
    }

    private static int IdOf(Leftover leftover) => int.Parse(leftover.Key.Split('|')[0], CultureInfo.InvariantCulture);
}

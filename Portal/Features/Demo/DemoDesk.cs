using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>A few made-up requests, incidents and opinions, so that the desk is not empty. Nobody is told of them.</summary>
internal static class DemoDesk
{
    public static async Task EnsureAsync(NpgsqlConnection owner, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM desk_item WHERE origin = 'demo')", cancel))
            return;
        // In the order of their numbers: the oldest first.
        foreach (var row in DemoFiles.Rows("desk.csv").OrderByDescending(row => DemoFiles.Number(row["hours_ago"])))
        {
            var at = now.AddHours(-DemoFiles.Number(row["hours_ago"]));
            var asked = new DeskQuestion(Enum.Parse<DeskKind>(row["kind"], true), row["title"], row["words"], row["expected"], row["severity"], row["data_affected"], row["personal_data"] == "1");
            var awaited = Enum.Parse<DeskState>(row["state"], true).AwaitsOffice();
            var due = awaited ? await DeskRecord.FirstDueAsync(owner, asked, at, cancel) : null;
            var id = await owner.ScalarAsync<int>(
                """
                INSERT INTO desk_item (kind, year, serial, number, title, words, expected, severity, data_affected, personal_data, organisation_id, account_id, account_name,
                    at, owner_id, owner_name, state, since, due_at, answered_at, changed_at, origin)
                SELECT $1, 0, 0, '', $2, $3, $4, $5, $6, $7, g.id, a.id, a.user_name, $8, o.id, coalesce(o.user_name, ''), $10, $8, $11,
                    CASE WHEN $10 = 'answered' THEN $8::timestamptz + interval '3 hours' END, $8, 'demo'
                FROM account a JOIN organisation g ON g.code = a.organisation_code LEFT JOIN account o ON o.user_name = $9 WHERE a.user_name = $12 RETURNING id
                """,
                cancel, row["kind"], asked.Title, asked.Words, asked.Expected, asked.Severity, asked.DataAffected, asked.PersonalData, at, row["owner"], row["state"], due, row["account"]);
            if (row["state"] == "new")
                continue;
            await owner.ExecuteAsync(
                """
                INSERT INTO desk_note (item_id, words, state, owner_name, office, at, account_id, account_name)
                SELECT $1, $2, $3, user_name, true, $4::timestamptz + interval '3 hours', id, user_name FROM account WHERE user_name = $5
                """,
                cancel, id, row["answer"], row["state"], at, row["owner"]);
        }
        await transaction.CommitAsync(cancel);
    }
}

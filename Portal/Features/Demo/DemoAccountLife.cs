using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Made-up persons behind the demo accounts, heads of units, a locked account, and a request in each state. Nobody is told of them.</summary>
internal static class DemoAccountLife
{
    public static async Task EnsureAsync(NpgsqlConnection owner, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM account_request WHERE origin = 'demo')", cancel))
            return;
        foreach (var row in DemoFiles.Rows("accounts.csv"))
        {
            // Without a password: nobody signs in with it.
            await owner.ExecuteAsync(
                """
                INSERT INTO account (user_name, normalized_user_name, role, organisation_code, demo, created_at) SELECT $1, upper($1), 'facility', $2, true, $3
                WHERE NOT EXISTS (SELECT FROM account WHERE normalized_user_name = upper($1))
                """, cancel, row["account"], DemoAccounts.CompanyCode, now.AddDays(-60));
            await owner.ExecuteAsync(
                """
                UPDATE account SET display_name = $2, email = $3, phone = $4, heads_unit = $5, locked_at = CASE WHEN $6 <> '' THEN $7::timestamptz END,
                    locked_by = CASE WHEN $6 <> '' THEN 'admin' ELSE '' END, locked_reason = $6 WHERE user_name = $1
                """, cancel, row["account"], row["display_name"], row["email"], row["phone"], row["heads_unit"] == "1", row["locked_reason"], now.AddDays(-20));
        }
        foreach (var row in DemoFiles.Rows("account_requests.csv"))
            await AskAsync(owner, row, now.AddDays(-DemoFiles.Number(row["days_ago"])), cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task AskAsync(NpgsqlConnection owner, IReadOnlyDictionary<string, string> row, DateTimeOffset at, CancellationToken cancel)
    {
        var (state, guest) = (row["state"], row["asker"].Length == 0);
        var id = await owner.ScalarAsync<int>(
            """
            INSERT INTO account_request (kind, organisation_id, asker_organisation_id, letter_number, letter_date, file_sha256, file_name, body, purpose, state, asked_by, asked_name,
                assembled_by, decided_by, created_at, changed_at, origin)
            SELECT CASE WHEN $7 THEN 'guest' ELSE 'letter' END, o.id, o.id, $2, CASE WHEN NOT $7 THEN ($5 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date END, f.sha256, coalesce(f.name, ''),
                CASE WHEN $7 THEN 'Trường đại học mẫu' ELSE '' END, CASE WHEN $7 THEN $6 ELSE '' END, $4, a.id, CASE WHEN $7 THEN $8 ELSE $3 END,
                CASE WHEN $4 IN ('assembled', 'approved', 'refused', 'granted') THEN (SELECT id FROM account WHERE user_name = 'admin') END,
                CASE WHEN $4 IN ('approved', 'refused', 'granted') THEN (SELECT id FROM account WHERE user_name = 'manager') END, $5, $5, 'demo'
            FROM organisation o LEFT JOIN account a ON a.user_name = $3
            LEFT JOIN LATERAL (SELECT sha256, name FROM stored_file WHERE name = 'van-ban-mau.pdf' AND NOT $7 LIMIT 1) f ON true WHERE o.code = $1 RETURNING id
            """, cancel, row["organisation"], row["letter"], row["asker"], state, at, row["words"], guest, row["full_name"]);
        await owner.ExecuteAsync(
            """
            INSERT INTO account_request_person (request_id, act, account_id, full_name, user_name, role, email, reason)
            VALUES ($1, $2, (SELECT id FROM account WHERE user_name = $3), $4, $5, $6, $7, $8)
            """, cancel, id, row["act"], row["account"], row["full_name"], row["user_name"], row["role"], row["email"], row["reason"]);
        foreach (var (step, by) in Steps(state, guest ? row["full_name"] : row["asker"]))
        {
            await owner.ExecuteAsync(
                "INSERT INTO account_request_step (request_id, step, words, at, account_id, account_name) VALUES ($1, $2, $3, $4, (SELECT id FROM account WHERE user_name = $5), $5)",
                cancel, id, step, step == "refused" ? row["words"] : "", at, by);
        }
    }

    private static IEnumerable<(string Step, string By)> Steps(string state, string asker)
    {
        yield return ("drafted", asker);
        if (state == "draft")
            yield break;
        yield return ("sent", asker);
        if (state == "closed")
            yield return ("closed", asker);
        if (state is "sent" or "closed")
            yield break;
        yield return ("assembled", "admin");
        if (state is "approved" or "granted")
            yield return ("approved", DemoAccounts.Manager);
        if (state == "refused")
            yield return ("refused", DemoAccounts.Manager);
        if (state == "granted")
            yield return ("granted", "admin");
    }
}

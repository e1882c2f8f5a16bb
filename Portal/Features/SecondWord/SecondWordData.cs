using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Something that waits for a second person, or waited for one.</summary>
/// <param name="Id">Of table second_word; 0 where it is confirmed on a page of its own (<paramref name="Address"/>).</param>
/// <param name="Mine">Asked by whoever reads, or about their own account: somebody else's word is wanted.</param>
public sealed record WordLine(
    int Id, string Kind, int? Account, string Subject, string Reason, string AskedName, DateTimeOffset AskedAt, DateTimeOffset? LapsesAt, string State, string ConfirmedName, DateTimeOffset? ConfirmedAt,
    bool Mine, string? Address);

/// <summary>What waits for a second administrator, whatever it is: resets, restore, accounts that get a say, looser verdicts, the time of the audit.</summary>
public sealed class SecondWordData(PortalDatabase database)
{
    private const int Cap = 100;

    /// <summary>What waits, the oldest first.</summary>
    public async Task<IReadOnlyList<WordLine>> WaitingAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var words = await system.ListAsync(Columns + "WHERE state = 'asked' AND lapses_at > clock_timestamp() ORDER BY id LIMIT $2", Read, cancel, access.AccountId ?? 0, Cap);
        words.AddRange(await system.ListAsync(
            """
            SELECT r.id, o.code, r.letter_number, coalesce(a.user_name, ''), r.changed_at, r.asked_by IS NOT DISTINCT FROM $1 OR r.assembled_by IS NOT DISTINCT FROM $1
            FROM account_request r JOIN organisation o ON o.id = r.organisation_id LEFT JOIN account a ON a.id = r.assembled_by
            WHERE r.state = 'approved' AND portal_gives_say(r.id, r.organisation_id) ORDER BY r.id LIMIT $2
            """,
            row => new WordLine(0, "account-grant", null, row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), null, "asked", "", null, row.GetBoolean(5),
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/accounts/requests/{row.GetInt32(0)}")), cancel, access.AccountId ?? 0, Cap));
        await using var db = await database.OpenAsync(access, cancel);
        words.AddRange(await db.Connection.ListAsync(
            "SELECT backup, asked_name, asked_at, asked_by = $1 FROM restore_request WHERE state = 'asked' AND NOT portal_word_lapsed(asked_at)",
            row => new WordLine(0, "restore", null, row.GetString(0), "", row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), null, "asked", "", null, row.GetBoolean(3), "/operations/restore"),
            cancel, access.AccountId ?? 0));
        return [.. words.OrderBy(word => word.AskedAt)];
    }

    /// <summary>What became of the last ones, the newest first.</summary>
    public async Task<IReadOnlyList<WordLine>> OverAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(Columns + "WHERE state <> 'asked' OR lapses_at <= clock_timestamp() ORDER BY id DESC LIMIT $2", Read, cancel, access.AccountId ?? 0, Cap);
    }

    /// <summary>Until when the reader's own account has no say; null where it has.</summary>
    public async Task<DateTimeOffset?> FreshUntilAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return (await system.ListAsync(
            "SELECT a.renewed_at + make_interval(days => r.days) FROM account a, account_rule r WHERE a.id = $1 AND r.code = 'fresh-account' AND a.renewed_at + make_interval(days => r.days) > clock_timestamp()",
            row => (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(0), cancel, access.AccountId ?? 0)).FirstOrDefault();
    }

    private const string Columns =
        """
        SELECT id, kind, account_id, subject, reason, asked_name, asked_at, lapses_at, CASE WHEN state = 'asked' AND lapses_at <= clock_timestamp() THEN 'lapsed' ELSE state END,
            coalesce(confirmed_name, ''), confirmed_at, asked_by = $1 OR account_id IS NOT DISTINCT FROM $1 FROM second_word

        """;

    private static WordLine Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6),
        row.GetFieldValue<DateTimeOffset>(7), row.GetString(8), row.GetString(9), row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.GetBoolean(11), null);
}

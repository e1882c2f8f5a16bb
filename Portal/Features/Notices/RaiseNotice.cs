using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>Something that people are told.</summary>
/// <param name="Kind">The key of its sentence in NoticesTexts: "Duty.Reminder".</param>
/// <param name="Facts">What the sentence has in its places, in order; days as yyyy-MM-dd.</param>
/// <param name="Address">The page to open, from the root.</param>
/// <param name="Key">Told once to each account under this key.</param>
public sealed record Notice(string Kind, IReadOnlyList<string> Facts, string Address, string Key)
{
    /// <summary>Goes out by letter at once, whatever the account chose, where any address of it is known.</summary>
    public bool Letter { get; init; }
}

/// <summary>Tells accounts of something: in the portal at once, and by e-mail as each has chosen. Told twice under one key, it is heard once.</summary>
public sealed class RaiseNotice(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How many accounts were newly told.</summary>
    public async Task<int> RunAsync(Notice notice, IReadOnlyCollection<int> accounts, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await RunAsync(connection, notice, accounts, cancel);
    }

    /// <summary>The same to every administrator.</summary>
    public async Task<int> ToAdministratorsAsync(Notice notice, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        var administrators = await connection.ListAsync("SELECT id FROM account WHERE role = 'admin' ORDER BY id", row => row.GetInt32(0), cancel);
        return await RunAsync(connection, notice, administrators, cancel);
    }

    private async Task<int> RunAsync(NpgsqlConnection connection, Notice notice, IReadOnlyCollection<int> accounts, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // In the order of the accounts, so that two nodes that tell the same do not wait for one another crosswise.
        var told = await connection.ListAsync(
            """
            INSERT INTO notice (account_id, kind, facts, address, key, at)
            SELECT id, $2, $3, $4, $5, $6 FROM account WHERE id = ANY ($1) ORDER BY id
            ON CONFLICT ON CONSTRAINT notice_once DO NOTHING RETURNING id
            """,
            row => row.GetInt64(0), cancel, accounts.ToArray(), notice.Kind, notice.Facts.ToArray(), notice.Address, notice.Key, clock.GetUtcNow());
        foreach (var id in told)
        {
            await connection.ExecuteAsync(
                """
                WITH letter AS (
                    INSERT INTO mail (account_id, next_at, queued_at)
                    SELECT n.account_id, n.at, n.at FROM notice n JOIN account a ON a.id = n.account_id LEFT JOIN notice_choice c ON c.account_id = n.account_id
                    WHERE n.id = $1 AND (c.mail = 'each' OR ($2 AND coalesce(nullif(c.email, ''), a.email) <> ''))
                    RETURNING id)
                UPDATE notice SET mail_id = letter.id FROM letter WHERE notice.id = $1
                """, cancel, id, notice.Letter);
        }
        if (told.Count > 0)
            await connection.ExecuteAsync("SELECT pg_notify('quantrac_notice', '')", cancel);
        await transaction.CommitAsync(cancel);
        return told.Count;
    }
}

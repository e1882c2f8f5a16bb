using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>Puts what was told since the last one into one letter for each account that wants a letter a day.</summary>
public sealed class QueueDigests(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How many notices went into letters.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ExecuteAsync(
            """
            WITH waiting AS (
                SELECT n.id, n.account_id FROM notice n JOIN notice_choice c ON c.account_id = n.account_id AND c.mail = 'daily'
                WHERE n.mail_id IS NULL AND n.read_at IS NULL AND n.at > $1 - interval '2 days' AND portal_account_open(n.account_id) FOR UPDATE OF n SKIP LOCKED),
            letter AS (
                INSERT INTO mail (account_id, digest, next_at, queued_at) SELECT DISTINCT account_id, true, $1::timestamptz, $1::timestamptz FROM waiting
                RETURNING id, account_id)
            UPDATE notice SET mail_id = letter.id FROM letter JOIN waiting USING (account_id) WHERE notice.id = waiting.id
            """, cancel, clock.GetUtcNow());
    }
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>A letter of which it is not certain that it arrived.</summary>
/// <param name="Unsure">Its node died while it handed the letter over; else the mail server did not take it, however often it was asked.</param>
/// <param name="Fault">What the mail server answered, for the IT Centre.</param>
public sealed record LostLetter(long Id, string Account, string Email, bool Unsure, int Attempts, DateTimeOffset QueuedAt, string Fault);

/// <summary>How the letters stand.</summary>
/// <param name="HasServer">Whether a mail server is set.</param>
/// <param name="Waiting">To be sent, for the first time or again.</param>
/// <param name="Again">Of these, those that the server did not take at first.</param>
/// <param name="Lost">The newest first, as many as are shown.</param>
public sealed record LetterState(bool HasServer, int Waiting, int Again, int Failed, int Unsure, IReadOnlyList<LostLetter> Lost);

/// <summary>The letters of the portal, and sending one again.</summary>
public sealed class LettersData(PortalDatabase database, IServiceProvider services, TimeProvider clock)
{
    private const int Cap = 50;

    public async Task<LetterState> FindAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        var lost = await system.ListAsync(
            """
            SELECT m.id, a.user_name, coalesce(nullif(c.email, ''), a.email), m.state = 'unsure', m.attempts, m.queued_at, m.fault
            FROM mail m JOIN account a ON a.id = m.account_id LEFT JOIN notice_choice c ON c.account_id = a.id
            WHERE m.state IN ('failed', 'unsure') ORDER BY m.id DESC LIMIT $1
            """,
            row => new LostLetter(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetInt32(4), row.GetFieldValue<DateTimeOffset>(5), row.GetString(6)), cancel, Cap);
        return (await system.ListAsync(
            """
            SELECT count(*) FILTER (WHERE state IN ('queued', 'sending'))::int, count(*) FILTER (WHERE state IN ('queued', 'sending') AND fault <> '')::int,
                count(*) FILTER (WHERE state = 'failed')::int, count(*) FILTER (WHERE state = 'unsure')::int
            FROM mail WHERE state <> 'sent'
            """,
            row => new LetterState(services.GetService<MailServer>() is not null, row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), lost), cancel)).Single();
    }

    /// <summary>Puts a letter back into the queue, once: whoever comes second finds it there. False where nothing is to be done.</summary>
    public async Task<bool> SendAgainAsync(Domain.Access.Access access, long id, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var names = await system.ListAsync(
            """
            UPDATE mail AS m SET state = 'queued', attempts = 0, next_at = $2, fault = '' FROM account AS a
            WHERE m.id = $1 AND m.state IN ('failed', 'unsure') AND a.id = m.account_id RETURNING a.user_name
            """, row => row.GetString(0), cancel, id, clock.GetUtcNow());
        if (names is not [var name])
            return false;
        await WriteAudit.AsAsync(system, access, "mail-sent-again", name, new { letter = id });
        await transaction.CommitAsync(cancel);
        return true;
    }
}

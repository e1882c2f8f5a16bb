using System.Globalization;
using System.Net.Mail;
using System.Text;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>What a round of sending did.</summary>
/// <param name="Later">Letters that the server did not take now; they are tried again.</param>
public sealed record MailRound(int Sent, int Later);

/// <summary>Hands the letters that are due to the mail server, each once: a letter is marked before it goes out, and what a node that died
/// had marked is not sent a second time.</summary>
public sealed class SendMail(PortalDatabase database, NoticeSentence sentences, TimeProvider clock, IServiceProvider services)
{
    private const int Attempts = 12;
    private const int LettersAtOnce = 200;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public async Task<MailRound> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        // Its node had ten minutes for it and half a minute's patience.
        await connection.ExecuteAsync("UPDATE mail SET state = 'unsure' WHERE state = 'sending' AND next_at < $1", cancel, clock.GetUtcNow());
        var (sent, later) = (0, 0);
        if (services.GetService<MailServer>() is not { } server)
            return new(0, 0);
        while (sent + later < LettersAtOnce && await TakeAsync(connection, cancel) is { } letter)
        {
            if (await SendAsync(connection, server, letter, cancel))
                sent++;
            else
                later++;
        }
        return new(sent, later);
    }

    private sealed record Letter(long Id, int Attempt, bool Digest, string To, string Language);

    // Marked and committed before it goes out. Of an account that is closed it waits: what it tells is no longer that person's.
    private async Task<Letter?> TakeAsync(NpgsqlConnection connection, CancellationToken cancel) => (await connection.ListAsync(
        """
        UPDATE mail SET state = 'sending', attempts = attempts + 1, next_at = $2
        FROM (
            SELECT m.id, coalesce(nullif(c.email, ''), a.email) AS email, coalesce(c.language, 'vi') AS language
            FROM mail m JOIN account a ON a.id = m.account_id LEFT JOIN notice_choice c ON c.account_id = a.id
            WHERE m.state = 'queued' AND m.next_at <= $1 AND coalesce(nullif(c.email, ''), a.email) <> '' AND portal_account_open(a.id) ORDER BY m.next_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED) AS one
        WHERE mail.id = one.id RETURNING mail.id, attempts, digest, one.email, one.language
        """,
        row => new Letter(row.GetInt64(0), row.GetInt32(1), row.GetBoolean(2), row.GetString(3), row.GetString(4)), cancel,
        clock.GetUtcNow(), clock.GetUtcNow() + Lease)).FirstOrDefault();

    private async Task<bool> SendAsync(NpgsqlConnection connection, MailServer server, Letter letter, CancellationToken cancel)
    {
        var (subject, text) = await WriteAsync(connection, server, letter, cancel);
        try
        {
            await server.SendAsync(letter.To, subject, text, $"{letter.Id}", cancel);
        }
        catch (SmtpException fault)
        {
            var state = letter.Attempt >= Attempts ? "failed" : "queued";
            // One minute, two, four … seventeen hours: a server that is away for a day loses nothing.
            var next = clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Pow(2, letter.Attempt - 1));
            await connection.ExecuteAsync("UPDATE mail SET state = $2, next_at = $3, fault = $4 WHERE id = $1", CancellationToken.None,
                letter.Id, state, next, $"{fault.StatusCode}: {fault.Message}");
            return false;
        }
        await connection.ExecuteAsync("UPDATE mail SET state = 'sent', sent_at = $2, fault = '' WHERE id = $1", CancellationToken.None, letter.Id, clock.GetUtcNow());
        return true;
    }

    private async Task<(string Subject, string Text)> WriteAsync(NpgsqlConnection connection, MailServer server, Letter letter, CancellationToken cancel)
    {
        var notices = await connection.ListAsync("SELECT kind, facts, address FROM notice WHERE mail_id = $1 ORDER BY id",
            row => (Kind: row.GetString(0), Facts: row.GetFieldValue<string[]>(1), Address: row.GetString(2)), cancel, letter.Id);
        var culture = CultureInfo.GetCultureInfo(letter.Language);
        var text = new StringBuilder();
        foreach (var (kind, facts, address) in notices)
        {
            text.AppendLine(sentences.InLanguage(culture, kind, facts));
            if (address.Length > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"  {server.Portal}{address}");
            text.AppendLine();
        }
        text.AppendLine("-- ").AppendLine(sentences.InLanguage(culture, "Mail.Foot", []));
        var subject = letter.Digest || notices.Count != 1
            ? sentences.InLanguage(culture, "Mail.Digest", [notices.Count.ToString(CultureInfo.InvariantCulture)])
            : sentences.InLanguage(culture, notices[0].Kind, notices[0].Facts);
        return ($"[QuanTrac] {subject}", text.ToString());
    }
}

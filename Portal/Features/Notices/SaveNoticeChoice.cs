using System.Net.Mail;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>What is wrong with a choice.</summary>
public enum NoticeChoiceProblem
{
    AddressMissing,
    AddressWrong,
}

/// <summary>Keeps how a person wants to be told.</summary>
public sealed class SaveNoticeChoice(PortalDatabase database)
{
    /// <summary>Null where it was kept.</summary>
    public async Task<NoticeChoiceProblem?> RunAsync(Domain.Access.Access access, NoticeChoice choice, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        var email = choice.Email.Trim();
        if (email.Length == 0 && choice.Mail != "none")
            return NoticeChoiceProblem.AddressMissing;
        // Nothing but an address: a name before it, or two of them, would reach the head of the letter.
        if (email.Length > 0 && !(email.Length <= 254 && email.Contains('.', StringComparison.Ordinal) && MailAddress.TryCreate(email, out var read) && read.Address == email))
            return NoticeChoiceProblem.AddressWrong;
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync(
            """
            INSERT INTO notice_choice (account_id, email, language, mail) VALUES ($1, $2, $3, $4)
            ON CONFLICT (account_id) DO UPDATE SET email = excluded.email, language = excluded.language, mail = excluded.mail
            """, cancel, access.AccountId ?? 0, email, choice.Language, choice.Mail);
        return null;
    }
}

using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Confirms the list of accounts for the year: its document is made and kept, the duty of Điều 10.4 is fulfilled with it, and what is to change becomes a draft.</summary>
public sealed class ConfirmReview(PortalDatabase database, ReviewData data, AccountListSheet sheet, FileStore files, FulfilDuty fulfil, TimeProvider clock)
{
    /// <param name="letter">Number and sign of the letter with which the list is sent.</param>
    /// <returns>The draft that was made of what is to change, 0 where all stays; or why it was not confirmed.</returns>
    public async Task<(int Draft, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, string letter, DateOnly? dated, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        letter = letter.Trim();
        if (StartRequest.Check(letter, dated, PortalDay.Of(clock)) is { } wrong)
            return (0, wrong);
        var review = await data.OfAsync(access, "vi", cancel);
        if (review.ConfirmedAt is not null)
            return (0, AccountProblem.AlreadyConfirmed);
        if (review.Lines.Count == 0 || review.Lines.Any(line => line.Verdict.Length == 0))
            return (0, AccountProblem.NotReviewed);
        var document = sheet.Write(review, letter, dated!.Value, PortalDay.Of(clock));
        var name = $"danh-sach-tai-khoan-{RequestRecord.NumberOf(review.Year)}.pdf";
        var kept = await KeepAsync(access, document, name, cancel);
        var draft = await WriteAsync(access, review, letter, dated.Value, kept.Sha256, cancel);
        if (draft is null)
            return (0, AccountProblem.AlreadyConfirmed);
        if (review is { Occurrence: not 0, Fulfilled: false })
            await fulfil.RunAsync(access, review.Occurrence, new(letter, dated, "", name), Stream.Null, cancel, kept);
        return (draft.Value, null);
    }

    private async Task<TakenFile> KeepAsync(Domain.Access.Access by, byte[] document, string name, CancellationToken cancel)
    {
        using var content = new MemoryStream(document);
        var (sha256, bytes) = await files.StoreAsync(content, AttachLetter.FileCap, cancel);
        await using var db = await database.OpenAsync(by, cancel);
        var kept = new TakenFile(sha256, bytes, name);
        await kept.WriteAsync(db.Connection, by, cancel);
        return kept;
    }

    // Null where somebody else confirmed meanwhile.
    private async Task<int?> WriteAsync(Domain.Access.Access by, Review review, string letter, DateOnly dated, string sha256, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await system.ExecuteAsync(
            """
            INSERT INTO account_review (organisation_id, year, confirmed_at, confirmed_by, confirmed_name, file_sha256) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
            """, cancel, by.OrganisationId, review.Year, now, by.AccountId, by.AccountName, sha256) == 0)
            return null;
        var draft = review.Lines.Any(line => line.Verdict != "keep") ? await DraftAsync(system, by, review.Year, letter, dated, now, cancel) : 0;
        await WriteAudit.AsAsync(system, by, "account-review-confirmed", RequestRecord.NumberOf(review.Year), new { letter, dated, accounts = review.Lines.Count, sha256 });
        await transaction.CommitAsync(cancel);
        return draft;
    }

    private static async Task<int> DraftAsync(NpgsqlConnection system, Domain.Access.Access by, int year, string letter, DateOnly dated, DateTimeOffset now, CancellationToken cancel)
    {
        var id = await system.ScalarAsync<int>(
            """
            INSERT INTO account_request (kind, organisation_id, asker_organisation_id, letter_number, letter_date, asked_by, asked_name, created_at, changed_at)
            VALUES ('letter', $1, $1, $2, $3, $4, $5, $6, $6) RETURNING id
            """, cancel, by.OrganisationId, letter, dated, by.AccountId, by.AccountName, now);
        await system.ExecuteAsync(
            """
            INSERT INTO account_request_person (request_id, act, account_id, full_name, user_name, role, email, phone, heads_unit, valid_until, reason)
            SELECT $1, v.verdict, a.id, coalesce(nullif(a.display_name, ''), a.user_name), '', a.role, a.email, a.phone, a.heads_unit, a.valid_until, v.reason
            FROM account_review_line v JOIN account a ON a.id = v.account_id AND a.left_at IS NULL WHERE v.organisation_id = $2 AND v.year = $3 AND v.verdict <> 'keep' ORDER BY a.id
            """, cancel, id, by.OrganisationId, year);
        await RequestRecord.WriteStepAsync(system, id, by, "drafted", "", now, cancel);
        await WriteAudit.AsAsync(system, by, "account-request-drafted", RequestRecord.NumberOf(id), new { organisation = by.OrganisationCode, letter });
        return id;
    }
}

using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>Why something about a duty was not done.</summary>
public enum DutyProblem
{
    /// <summary>Not there, or not theirs.</summary>
    NotThere,

    /// <summary>Seen, but another organisation owes it.</summary>
    NotYours,
    AlreadyFulfilled,
    NumberMissing,

    /// <summary>No date, or one after today.</summary>
    DateWrong,

    ReasonMissing,
    NameMissing,
    NobodyOwes,

    /// <summary>No rule of recurrence can be like that.</summary>
    RuleWrong,
    DocumentMissing,

    /// <summary>Its days lie on those of another one.</summary>
    Overlaps,
}

/// <summary>The paper that fulfils a duty.</summary>
/// <param name="Number">Number and sign: "125/BC-BQL".</param>
/// <param name="Date">Of the paper; by it the duty is on time or late.</param>
/// <param name="FileName">As its sender named the scan.</param>
public sealed record DutyDocument(string Number, DateOnly? Date, string Note, string FileName);

/// <summary>Fulfils what an organisation owes by attaching its document. The scan is stored first, then the row that names it.</summary>
public sealed class FulfilDuty(PortalDatabase database, TakeFile take, TimeProvider clock)
{
    /// <summary>Highest number of bytes of a scan.</summary>
    public const long FileCap = 25L * 1024 * 1024;

    /// <summary>What a scan may be.</summary>
    public static readonly FileDoor Door = new(FileCap, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Doc, FileKind.Docx, FileKind.Xls, FileKind.Xlsx, FileKind.Zip);

    /// <param name="made">A document that the portal made itself and has stored: nobody sends it, so nothing holds it back.</param>
    /// <returns>Null where it is done.</returns>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The scan is over the cap; nothing is stored.</exception>
    public async Task<DutyProblem?> RunAsync(Domain.Access.Access access, int occurrence, DutyDocument document, Stream scan, CancellationToken cancel, TakenFile? made = null)
    {
        access.Demand(Capability.SeeDuties);
        if (Check(document) is { } problem)
            return problem;
        // No connection is held while a file comes in: who sends slowly holds up nobody.
        await using (var asked = await database.OpenAsync(access, cancel))
        {
            if (await FindAsync(asked, access, occurrence, cancel) is { } refused)
                return refused;
        }
        var file = made ?? await take.RunAsync(access, Door, document.FileName, scan, cancel);

        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await file.WriteAsync(db.Connection, access, cancel);
        var done = await db.Connection.ExecuteAsync(
            """
            INSERT INTO duty_fulfilment (occurrence_id, document_number, document_date, file_sha256, file_name, note, at, account_id, account_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """,
            cancel, occurrence, document.Number.Trim(), document.Date, file.Sha256, file.Name, document.Note.Trim(), clock.GetUtcNow(), access.AccountId, access.AccountName);
        // Somebody else was faster.
        if (done == 0)
            return DutyProblem.AlreadyFulfilled;
        await WriteAudit.AsAsync(db.Connection, access, "duty-fulfilled", occurrence.ToString(CultureInfo.InvariantCulture), new { document.Number, document.Date, sha256 = file.Sha256 });
        await transaction.CommitAsync(cancel);
        return null;
    }

    private DutyProblem? Check(DutyDocument document) =>
        string.IsNullOrWhiteSpace(document.Number) || document.Number.Length > 100 ? DutyProblem.NumberMissing
        : document.Date is not { } date || date > PortalDay.Of(clock) || date.Year < 2000 ? DutyProblem.DateWrong
        : null;

    // The province login sees all, but fulfils its own organisation's, or everybody's where it administers: papers come to the Centre by post.
    private static async Task<DutyProblem?> FindAsync(PortalDb db, Domain.Access.Access access, int occurrence, CancellationToken cancel)
    {
        var found = (await db.Connection.ListAsync(
            """
            SELECT o.organisation_id = $2, EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id AND f.undone_at IS NULL),
                EXISTS (SELECT FROM visible_organisation v WHERE v.organisation_id = $2 AND v.sees_id = o.organisation_id AND v.manage AND v.valid @> portal_today())
            FROM duty_occurrence o WHERE o.id = $1
            """,
            row => (Own: row.GetBoolean(0) || row.GetBoolean(2), Fulfilled: row.GetBoolean(1)), cancel, occurrence, access.OrganisationId))
            .Select(row => ((bool Own, bool Fulfilled)?)row).FirstOrDefault();
        return found is not { } seen ? DutyProblem.NotThere
            : !seen.Own && !access.May(Capability.ManageDuties) ? DutyProblem.NotYours
            : seen.Fulfilled ? DutyProblem.AlreadyFulfilled
            : null;
    }
}

using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Authority;

/// <summary>Puts into the register what allows somebody in (Điều 4.3), with the scan of its document; or attaches the document that an upgrade still owes. The scan is stored first,
/// then the row that names it.</summary>
public sealed class RecordAuthority(PortalDatabase database, TakeFile take, TimeProvider clock)
{
    /// <summary>Highest number of bytes.</summary>
    public const long FileCap = 25L * 1024 * 1024;

    public const int NumberCap = 100;
    public const int NameCap = 200;
    public const int PurposeCap = 300;

    public static readonly FileDoor Door = new(FileCap, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Doc, FileKind.Docx);

    /// <returns>Its number in the register, or what is wrong.</returns>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The scan is over the cap; nothing is stored.</exception>
    public async Task<(int Id, AuthorityProblem? Problem)> RunAsync(Domain.Access.Access access, AuthorityEntry entry, string fileName, Stream scan, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        entry = Tidy(entry);
        if (Check(entry) is { } wrong)
            return (0, wrong);
        var kept = await KeepAsync(access, fileName, scan, cancel);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var id = await system.ScalarAsync<int>(
            """
            INSERT INTO authority (kind, connection, document_number, document_date, issuer, file_sha256, file_name, from_day, to_day, person, body, purpose, recorded_by, recorded_at, origin)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id
            """, cancel, Word(entry.Kind), entry.Connection, entry.Document.Number, entry.Document.Date, entry.Document.Issuer, kept.Sha256, kept.Name, entry.From,
            new NpgsqlParameter { Value = (object?)entry.To ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date }, entry.Person, entry.Body, entry.Purpose, access.AccountName, clock.GetUtcNow(),
            access is { AccountId: null, AccountName: "demo" } ? "demo" : "local");
        await WriteAudit.AsAsync(system, access, "authority-recorded", entry.Document.Number, new
        {
            kind = Word(entry.Kind), dated = entry.Document.Date, issuer = entry.Document.Issuer, from_day = entry.From, to_day = entry.To, person = entry.Person, body = entry.Body, purpose = entry.Purpose,
        });
        await transaction.CommitAsync(cancel);
        return (id, null);
    }

    /// <returns>Null where the document stands with its upgrade now.</returns>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The scan is over the cap; nothing is stored.</exception>
    public async Task<AuthorityProblem?> AttachAsync(Domain.Access.Access access, int id, AuthorityDocument document, string fileName, Stream scan, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        document = Tidy(document);
        if (Check(document) is { } wrong)
            return wrong;
        var kept = await KeepAsync(access, fileName, scan, cancel);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await system.ExecuteAsync(
            "UPDATE authority SET document_number = $2, document_date = $3, issuer = $4, file_sha256 = $5, file_name = $6 WHERE id = $1 AND file_sha256 IS NULL AND ended_at IS NULL",
            cancel, id, document.Number, document.Date, document.Issuer, kept.Sha256, kept.Name) == 0)
            return AuthorityProblem.NotThere;
        await WriteAudit.AsAsync(system, access, "authority-document-attached", document.Number, new { dated = document.Date, issuer = document.Issuer });
        await transaction.CommitAsync(cancel);
        return null;
    }

    internal static string Word(AuthorityKind kind) => kind.ToString().ToLowerInvariant();

    // The register is the system login's; the row of a file is written as whoever sent it.
    private async Task<TakenFile> KeepAsync(Domain.Access.Access access, string fileName, Stream scan, CancellationToken cancel)
    {
        var kept = await take.RunAsync(access, Door, fileName, scan, cancel);
        await using var db = await database.OpenAsync(access, cancel);
        await kept.WriteAsync(db.Connection, access, cancel);
        return kept;
    }

    private static AuthorityEntry Tidy(AuthorityEntry entry) => entry with
    {
        Connection = entry.Kind == AuthorityKind.Connection ? entry.Connection.Trim() : "",
        Document = Tidy(entry.Document), Person = Line(entry.Person), Body = Line(entry.Body), Purpose = Line(entry.Purpose),
    };

    private static AuthorityDocument Tidy(AuthorityDocument document) => document with { Number = Line(document.Number), Issuer = Line(document.Issuer) };

    private static string Line(string text) => WriteAudit.OneLine(text.Trim());

    private AuthorityProblem? Check(AuthorityEntry entry) =>
        !Enum.IsDefined(entry.Kind) || (entry.Connection.Length > 0 && !Connections.All.Contains(entry.Connection)) || (entry.Kind == AuthorityKind.Connection && entry.Connection.Length == 0)
            ? AuthorityProblem.KindWrong
        : Check(entry.Document) is { } wrong ? wrong
        : entry.From is not { } from || entry.To < from || (entry.To is null && entry.Kind != AuthorityKind.Connection) ? AuthorityProblem.DaysWrong
        : entry.Person.Length == 0 && entry.Body.Length == 0 ? AuthorityProblem.PersonMissing
        : entry.Purpose.Length == 0 ? AuthorityProblem.PurposeMissing
        : entry.Person.Length > NameCap || entry.Body.Length > NameCap || entry.Purpose.Length > PurposeCap ? AuthorityProblem.TooLong
        : null;

    private AuthorityProblem? Check(AuthorityDocument document) =>
        document.Number.Length == 0 ? AuthorityProblem.NumberMissing
        : document.Date is not { } date || date > PortalDay.Of(clock) || date.Year < 2000 ? AuthorityProblem.DateWrong
        : document.Issuer.Length == 0 ? AuthorityProblem.IssuerMissing
        : document.Number.Length > NumberCap || document.Issuer.Length > NameCap ? AuthorityProblem.TooLong
        : null;
}

using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Puts the scan of the letter under a request. The file is stored first, then the request that names it.</summary>
public sealed class AttachLetter(PortalDatabase database, TakeFile take, TimeProvider clock)
{
    /// <summary>Highest number of bytes.</summary>
    public const long FileCap = 20L * 1024 * 1024;

    public static readonly FileDoor Door = new(FileCap, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Doc, FileKind.Docx);

    /// <returns>Null where it is done.</returns>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int request, string fileName, Stream content, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        // No connection is held while a file comes in: who sends slowly holds up nobody.
        await using (var asked = await database.OpenSystemAsync(cancel))
        {
            if (Refusal(await RequestRecord.FindAsync(asked, access, request, cancel), access) is { } refused)
                return refused;
        }
        var file = await take.RunAsync(access, Door, fileName, content, cancel);
        await using (var db = await database.OpenAsync(access, cancel))
            await file.WriteAsync(db.Connection, access, cancel);
        // Asked again: a large file takes its time.
        await using var system = await database.OpenSystemAsync(cancel);
        var done = await system.ExecuteAsync(
            "UPDATE account_request SET file_sha256 = $2, file_name = $3, changed_at = $4 WHERE id = $1 AND state IN ('draft', 'sent')", cancel, request, file.Sha256, file.Name, clock.GetUtcNow());
        return done == 0 ? AccountProblem.NotNow : null;
    }

    private static AccountProblem? Refusal(RequestRecord? record, Domain.Access.Access by) =>
        record is null ? AccountProblem.NotThere : record.Guest || !record.IsWritableBy(by) ? AccountProblem.NotNow : null;
}

using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Puts a file under an item: a screenshot, a sheet, instructions. By whoever asked, or the Centre. The file is stored first, then the note that names it.</summary>
public sealed class AttachDeskFile(PortalDatabase database, TakeFile take, DeskNotices notices, TimeProvider clock)
{
    /// <summary>Highest number of bytes.</summary>
    public const long FileCap = 20L * 1024 * 1024;

    public static readonly FileDoor Door = new(FileCap, FileKind.Pdf, FileKind.Png, FileKind.Jpeg, FileKind.Text, FileKind.Doc, FileKind.Docx, FileKind.Xls, FileKind.Xlsx, FileKind.Zip);

    /// <returns>Null where it is done.</returns>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<DeskProblem?> RunAsync(Domain.Access.Access access, int id, string words, string fileName, Stream content, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        words = words.Trim();
        if (words.Length > AskDesk.WordsCap)
            return DeskProblem.TooLong;
        // No connection is held while a file comes in: who sends slowly holds up nobody.
        await using (var asked = await database.OpenAsync(access, cancel))
        {
            if (Refusal(await DeskRecord.FindAsync(asked.Connection, id, cancel), access) is { } refused)
                return refused;
        }
        var file = await take.RunAsync(access, Door, fileName, content, cancel);

        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        // Read again: a large file takes its time.
        var item = await DeskRecord.FindAsync(db.Connection, id, cancel);
        if (Refusal(item, access) is { } since)
            return since;
        await file.WriteAsync(db.Connection, access, cancel);
        var office = item!.AccountId != access.AccountId;
        var entry = new DeskEntry(office ? item.State : item.State.AfterReply(item.OwnerId is not null), words, File: (file.Sha256, file.Name));
        if (await item.WriteAsync(db.Connection, access, entry, office, clock.GetUtcNow(), cancel) is not { } note)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-file-added", item.Number, new { name = file.Name, sha256 = file.Sha256 });
        await transaction.CommitAsync(cancel);
        await (office ? notices.ToAskerAsync(item, "Said", note, access, cancel) : notices.ToOfficeAsync(item, "Replied", note, access, cancel));
        return null;
    }

    private static DeskProblem? Refusal(DeskRecord? item, Domain.Access.Access access) =>
        item is null ? DeskProblem.NotThere
        : item.AccountId != access.AccountId && !access.May(Capability.ManageDesk) ? DeskProblem.NotYours
        : item.State == DeskState.Closed ? DeskProblem.IsClosed
        : null;
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Whoever asked says more. What was waiting or answered comes back to the Centre, and its deadline counts anew.</summary>
public sealed class ReplyDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DeskProblem?> RunAsync(Domain.Access.Access access, int id, string words, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        words = words.Trim();
        if (words.Length is 0 or > AskDesk.WordsCap)
            return words.Length == 0 ? DeskProblem.NothingSaid : DeskProblem.TooLong;
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } item)
            return DeskProblem.NotThere;
        if (item.AccountId != access.AccountId)
            return DeskProblem.NotYours;
        if (item.State == DeskState.Closed)
            return DeskProblem.IsClosed;
        var entry = new DeskEntry(item.State.AfterReply(item.OwnerId is not null), words);
        if (await item.WriteAsync(db.Connection, access, entry, office: false, clock.GetUtcNow(), cancel) is not { } note)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-replied", item.Number);
        await transaction.CommitAsync(cancel);
        await notices.ToOfficeAsync(item, "Replied", note, access, cancel);
        return null;
    }
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Opens again what was closed, with the reason: whoever asked within thirty days, the Centre at any time.</summary>
public sealed class ReopenDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    /// <summary>After that one asks anew.</summary>
    public const int Days = 30;

    /// <returns>Null where it is done.</returns>
    public async Task<DeskProblem?> RunAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        reason = reason.Trim();
        if (reason.Length is 0 or > AskDesk.WordsCap)
            return reason.Length == 0 ? DeskProblem.NothingSaid : DeskProblem.TooLong;
        var now = clock.GetUtcNow();
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } item)
            return DeskProblem.NotThere;
        var own = item.AccountId == access.AccountId;
        if (!own && !access.May(Capability.ManageDesk))
            return DeskProblem.NotYours;
        // Somebody was faster: it is open.
        if (item.ClosedAt is not { } closed)
            return DeskProblem.Changed;
        if (now - closed > TimeSpan.FromDays(Days) && !access.May(Capability.ManageDesk))
            return DeskProblem.TooLate;
        var entry = new DeskEntry(DeskState.Closed.AfterReply(item.OwnerId is not null), reason);
        if (await item.WriteAsync(db.Connection, access, entry, office: !own, now, cancel) is not { } note)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-reopened", item.Number, new { reason });
        await transaction.CommitAsync(cancel);
        await (own ? notices.ToOfficeAsync(item, "Reopened", note, access, cancel) : notices.ToAskerAsync(item, "Working", note, access, cancel));
        return null;
    }
}

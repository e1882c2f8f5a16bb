using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Whoever asked confirms that it is done, at any time; the Centre closes what is answered and stays without a word. Reports that are owed stay owed.</summary>
public sealed class CloseDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DeskProblem?> RunAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } item)
            return DeskProblem.NotThere;
        var own = item.AccountId == access.AccountId;
        if (!own && !access.May(Capability.ManageDesk))
            return DeskProblem.NotYours;
        if (item.State == DeskState.Closed)
            return DeskProblem.IsClosed;
        if (!own && item.State != DeskState.Answered)
            return DeskProblem.NotAnswered;
        if (await item.WriteAsync(db.Connection, access, new(DeskState.Closed), office: !own, clock.GetUtcNow(), cancel) is not { } note)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-closed", item.Number);
        await transaction.CommitAsync(cancel);
        await (own ? notices.ToOfficeAsync(item, "Confirmed", note, access, cancel) : notices.ToAskerAsync(item, "Closed", note, access, cancel));
        return null;
    }
}

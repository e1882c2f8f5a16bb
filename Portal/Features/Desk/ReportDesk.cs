using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Writes down that an incident was reported onwards, with the number of the document. The report itself goes outside the portal.</summary>
public sealed class ReportDesk(PortalDatabase database, TimeProvider clock)
{
    /// <param name="step">Code of the deadline.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<DeskProblem?> RunAsync(Domain.Access.Access access, int id, string step, string document, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDesk);
        document = document.Trim();
        if (document.Length is 0 or > 100)
            return DeskProblem.DocumentMissing;
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } item)
            return DeskProblem.NotThere;
        if (!(await DeskRecord.DeadlinesAsync(db.Connection, cancel)).Exists(one => one.Code == step && one.IsReport && one.AppliesTo(item.Kind, item.Severity, item.PersonalData)))
            return DeskProblem.NotThere;
        if (await db.Connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM desk_note WHERE item_id = $1 AND step = $2)", cancel, id, step))
            return DeskProblem.AlreadyReported;
        if (await item.WriteAsync(db.Connection, access, new(item.State, document, step), office: true, clock.GetUtcNow(), cancel) is null)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-reported", item.Number, new { step, document });
        await transaction.CommitAsync(cancel);
        return null;
    }
}

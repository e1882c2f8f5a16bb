using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>The Centre answers, says who takes it on and how far it has come. Whoever asked is told.</summary>
public sealed class AnswerDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    /// <param name="version">Of the item as it was read: two who answer at once do not write over one another.</param>
    /// <param name="to">Working, waiting or answered.</param>
    /// <param name="owner">Account of an administrator; null leaves it.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<DeskProblem?> RunAsync(
        Domain.Access.Access access, int id, string version, string words, DeskState to, int? owner, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDesk);
        words = words.Trim();
        if (to is DeskState.New or DeskState.Closed)
            throw new ArgumentOutOfRangeException(nameof(to), to, "An answer leaves an item in work, waiting or answered.");
        if (words.Length > AskDesk.WordsCap)
            return DeskProblem.TooLong;
        string? ownerName = null;
        if (owner is { } wanted && (ownerName = (await DeskOwners.ReadAsync(database, cancel)).FirstOrDefault(one => one.Id == wanted).Name) is null)
            return DeskProblem.OwnerUnknown;

        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } item)
            return DeskProblem.NotThere;
        if (item.State == DeskState.Closed)
            return item.Version == version ? DeskProblem.IsClosed : DeskProblem.Changed;
        // To be answered or asked back takes words; taking something on does not.
        if (words.Length == 0 && (to == item.State ? owner is null || owner == item.OwnerId : to != DeskState.Working))
            return DeskProblem.NothingSaid;
        var entry = new DeskEntry(to, words, Owner: ownerName is null ? null : (owner!.Value, ownerName));
        if (await (item with { Version = version }).WriteAsync(db.Connection, access, entry, office: true, clock.GetUtcNow(), cancel) is not { } note)
            return DeskProblem.Changed;
        await WriteAudit.AsAsync(db.Connection, access, "desk-answered", item.Number, new { state = to.Word(), owner = ownerName });
        await transaction.CommitAsync(cancel);
        await notices.ToAskerAsync(item, to == item.State && words.Length > 0 ? "Said" : to.ToString(), note, access, cancel);
        return null;
    }
}

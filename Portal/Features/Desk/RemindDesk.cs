using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Tells of what is overdue, once a day: whoever has taken it on, or all administrators where nobody has. Told twice, it is heard once; a day on which
/// the portal was down is not made up for, since the next telling says how late it is by then.</summary>
public sealed class RemindDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    /// <returns>How many are overdue, and how many notices were newly given.</returns>
    public async Task<(int Overdue, int Told)> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDesk);
        var now = clock.GetUtcNow();
        await using var db = await database.OpenAsync(access, cancel);
        var late = await db.Connection.ListAsync(
            "SELECT id, number, title, owner_id, due_at FROM desk_item WHERE due_at < $1 ORDER BY due_at, id LIMIT 1000",
            row => (Id: row.GetInt32(0), Number: row.GetString(1), Title: row.GetString(2), Owner: row.IsDBNull(3) ? (int?)null : row.GetInt32(3),
                Due: row.GetFieldValue<DateTimeOffset>(4)), cancel, now);
        var told = 0;
        foreach (var item in late)
        {
            var due = PortalDay.Local(item.Due).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var key = string.Create(CultureInfo.InvariantCulture, $"desk-due:{item.Id}:{PortalDay.Of(clock):yyyy-MM-dd}");
            told += await notices.ToOfficeAsync(item.Owner, new("Desk.Overdue", [item.Number, item.Title, due], DeskNotices.Address(item.Id), key), null, cancel);
        }
        return (late.Count, told);
    }
}

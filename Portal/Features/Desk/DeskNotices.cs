using System.Globalization;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Who is told of what happens at the desk; nobody is told of what they did themselves. After the transaction: a node that dies in between leaves the item
/// in the list, without a word of it.</summary>
public sealed class DeskNotices(PortalDatabase database, RaiseNotice raise)
{
    public static string Address(int id) => string.Create(CultureInfo.InvariantCulture, $"/desk/{id}");

    internal Task<int> AskedAsync(int id, string number, DeskQuestion asked, Domain.Access.Access by, CancellationToken cancel)
    {
        var kind = asked.Severity == "serious" ? "Serious" : asked.Kind.ToString();
        return ToOfficeAsync(null, new($"Desk.New.{kind}", [number, asked.Title, by.AccountName], Address(id), Key(id, "new")), by.AccountId, cancel);
    }

    internal async Task ToAskerAsync(DeskRecord item, string what, long note, Domain.Access.Access by, CancellationToken cancel)
    {
        if (item.AccountId is { } asker && asker != by.AccountId)
            await raise.RunAsync(Of(item, what, note, by), [asker], cancel);
    }

    internal Task<int> ToOfficeAsync(DeskRecord item, string what, long note, Domain.Access.Access by, CancellationToken cancel) =>
        ToOfficeAsync(item.OwnerId, Of(item, what, note, by), by.AccountId, cancel);

    /// <summary>Whoever has taken it on while an administrator, or all of them.</summary>
    internal async Task<int> ToOfficeAsync(int? owner, Notice notice, int? but, CancellationToken cancel)
    {
        var office = (await DeskOwners.ReadAsync(database, cancel)).Select(one => one.Id).ToList();
        List<int> told = owner is { } one && office.Contains(one) ? [one] : office;
        return await raise.RunAsync(notice, [.. told.Where(account => account != but)], cancel);
    }

    private static Notice Of(DeskRecord item, string what, long note, Domain.Access.Access by) => new(
        $"Desk.{what}", [item.Number, item.Title, by.AccountName], Address(item.Id), Key(item.Id, note.ToString(CultureInfo.InvariantCulture)));

    private static string Key(int id, string what) => string.Create(CultureInfo.InvariantCulture, $"desk:{id}:{what}");
}

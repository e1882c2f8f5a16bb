using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Who may take something on: the administrators.</summary>
internal static class DeskOwners
{
    public static async Task<IReadOnlyList<(int Id, string Name)>> ReadAsync(PortalDatabase database, CancellationToken cancel)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync("SELECT id, user_name FROM account WHERE role = 'admin' ORDER BY user_name", row => (row.GetInt32(0), row.GetString(1)), cancel);
    }
}

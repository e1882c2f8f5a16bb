using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Personal;

/// <summary>A list as a person likes to see it.</summary>
/// <param name="Query">Filter, order and columns, as the address says them.</param>
public sealed record ListView(string Name, string Query);

/// <summary>Keeps how a person likes to see a list, under a name. Nobody else sees it.</summary>
public sealed class ListViews(PortalDatabase database)
{
    public const int NameCap = 60;

    /// <summary>So many of one list; the next is refused.</summary>
    public const int Cap = 20;

    private const int QueryCap = 2000;

    /// <summary>Those of a list, by name.</summary>
    public async Task<IReadOnlyList<ListView>> AllAsync(Domain.Access.Access access, string list, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ListAsync(
            "SELECT name, query FROM list_view WHERE account_id = $1 AND list = $2 ORDER BY lower(name)",
            row => new ListView(row.GetString(0), row.GetString(1)), cancel, access.AccountId ?? 0, list);
    }

    /// <summary>Keeps a view, in the place of one with the same name.</summary>
    /// <returns>False where there are <see cref="Cap"/> already, or where name or address are none.</returns>
    public async Task<bool> SaveAsync(Domain.Access.Access access, string list, ListView view, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        var name = view.Name.Trim();
        if (name.Length is 0 or > NameCap || view.Query.Length > QueryCap || access.AccountId is not { } account)
            return false;
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ExecuteAsync(
            """
            INSERT INTO list_view (account_id, list, name, query)
            SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM list_view WHERE account_id = $1 AND list = $2 AND name <> $3) < $5
            ON CONFLICT (account_id, list, name) DO UPDATE SET query = excluded.query
            """, cancel, account, list, name, view.Query, Cap) > 0;
    }

    public async Task DropAsync(Domain.Access.Access access, string list, string name, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync("DELETE FROM list_view WHERE account_id = $1 AND list = $2 AND name = $3", cancel, access.AccountId ?? 0, list, name);
    }
}

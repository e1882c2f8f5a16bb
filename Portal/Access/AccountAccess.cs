using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Access;

/// <summary>The access of an account: its role, the login of its kind, and the organisation whose scope it has.</summary>
public static class AccountAccess
{
    /// <exception cref="InvalidOperationException">The organisation of the account is not in the database.</exception>
    public static async Task<Domain.Access.Access> OfAsync(PortalDatabase database, Account account, CancellationToken cancel = default)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT id, kind FROM organisation WHERE code = $1", connection)
        { Parameters = { new() { Value = account.OrganisationCode } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            throw new InvalidOperationException($"No organisation {account.OrganisationCode}.");
        var role = Enum.Parse<Role>(account.Role, ignoreCase: true);
        return new(role, Domain.Access.Access.LoginFor(role, row.GetString(1)), account.Id, account.UserName!, row.GetInt32(0), account.OrganisationCode);
    }

    /// <summary>The same by the name of the account; null where there is none, or it is closed today.</summary>
    public static async Task<Domain.Access.Access?> FindAsync(
        PortalDatabase database, Microsoft.AspNetCore.Identity.UserManager<Account> accounts, string name, CancellationToken cancel) =>
        await accounts.FindByNameAsync(name) is { } account && await IsOpenAsync(database, account.Id, cancel) ? await OfAsync(database, account, cancel) : null;

    /// <summary>The same, whether or not it opens today: for what it did on a day when it opened.</summary>
    public static async Task<Domain.Access.Access?> FindAnyAsync(
        PortalDatabase database, Microsoft.AspNetCore.Identity.UserManager<Account> accounts, string name, CancellationToken cancel) =>
        await accounts.FindByNameAsync(name) is { } account ? await OfAsync(database, account, cancel) : null;

    private static async Task<bool> IsOpenAsync(PortalDatabase database, int account, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ScalarAsync<bool>("SELECT portal_account_open($1)", cancel, account);
    }
}

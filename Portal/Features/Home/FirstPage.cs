using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Home;

/// <summary>Where an account begins: those who see by scope on their own page, the others on the map.</summary>
public sealed class FirstPage(PortalDatabase database, UserManager<Account> accounts)
{
    public const string Address = "/overview";

    /// <summary>Whether the page tells the account more than the map does.</summary>
    public static bool Serves(Domain.Access.Access access) => access.Login == Login.Scoped && access.May(Capability.SeeOverview);

    /// <summary>The address after signing in. Whoever asked for nothing but the portal itself is led to the first page.</summary>
    public async Task<string> AfterSignInAsync(string userName, string? asked, CancellationToken cancel)
    {
        var address = LocalAddress.OrHome(asked);
        return address == "/" && await AccountAccess.FindAsync(database, accounts, userName, cancel) is { } access && Serves(access) ? Address : address;
    }
}

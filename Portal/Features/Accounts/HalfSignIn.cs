using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Between the right password and the right code: a cookie that lasts some minutes and opens nothing but the page for the code.</summary>
public sealed class HalfSignIn(UserManager<Account> accounts, OpenSession session)
{
    private const string Half = "quantrac:half";
    private const string Stamp = "quantrac:stamp";

    public Task BeginAsync(HttpContext context, Account account) => context.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new(Half, account.Id.ToString(CultureInfo.InvariantCulture)), new(Stamp, account.SecurityStamp ?? "")], IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>Whose password was right; null where nobody's was, or it was changed or the account closed meanwhile.</summary>
    public async Task<Account?> FindAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal is { } known
        && known.FindFirstValue(Half) is { } id && await accounts.FindByIdAsync(id) is { } account && account.SecurityStamp == known.FindFirstValue(Stamp)
        && await session.IsOpenAsync(account.Id, context.RequestAborted)
            ? account
            : null;

    public static Task EndAsync(HttpContext context) => context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
}

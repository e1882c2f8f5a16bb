using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Checks name and password and sets the cookie; every attempt is audited.</summary>
public sealed class SignIn(SignInManager<Account> signIn, UserManager<Account> accounts, OpenSession session, SignInLimit limit, WriteAudit audit)
{
    public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
    {
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return SignInOutcome.TooMany;
        var account = await accounts.FindByNameAsync(userName);
        if (account is null || await accounts.IsLockedOutAsync(account))
        {
            // The same work as for a name that may sign in, so that the time does not tell which names exist.
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password);
            await audit.BySystemAsync("sign-in-failed", account?.UserName ?? userName, context, account?.Id, account?.OrganisationCode);
            return SignInOutcome.Wrong;
        }
        if (!(await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true)).Succeeded)
        {
            await audit.BySystemAsync("sign-in-failed", account.UserName!, context, account.Id, account.OrganisationCode);
            return SignInOutcome.Wrong;
        }
        return await session.RunAsync(context, account, SignInWay.Password) ? SignInOutcome.Done : SignInOutcome.Wrong;
    }

    private static readonly Account Nobody = MakeNobody();

    private static Account MakeNobody()
    {
        var nobody = new Account { Role = "guest", OrganisationCode = "" };
        nobody.PasswordHash = new PasswordHasher<Account>().HashPassword(nobody, Guid.NewGuid().ToString());
        return nobody;
    }
}

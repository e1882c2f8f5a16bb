using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Checks name and password and sets the cookie; every attempt is audited.</summary>
public sealed class SignIn(SignInManager<Account> signIn, UserManager<Account> accounts, WriteAudit audit)
{
    public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
    {
        var account = await accounts.FindByNameAsync(userName);
        if (account is null)
        {
            // The same work as for a known name, so that the time does not tell which names exist.
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password);
            await audit.BySystemAsync("sign-in-failed", userName, context);
            return SignInOutcome.Wrong;
        }
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        var outcome = result switch
        {
            { Succeeded: true } => SignInOutcome.Done,
            { IsLockedOut: true } => SignInOutcome.Locked,
            _ => SignInOutcome.Wrong,
        };
        await audit.BySystemAsync(outcome == SignInOutcome.Done ? "signed-in" : "sign-in-failed", account.UserName!, context);
        return outcome;
    }

    private static readonly Account Nobody = MakeNobody();

    private static Account MakeNobody()
    {
        var nobody = new Account { Role = "guest", OrganisationCode = "" };
        nobody.PasswordHash = new PasswordHasher<Account>().HashPassword(nobody, Guid.NewGuid().ToString());
        return nobody;
    }
}

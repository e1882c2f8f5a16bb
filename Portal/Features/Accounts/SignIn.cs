using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Checks name and password; opens the session, or leads on to the second step. Every attempt is audited.</summary>
public sealed class SignIn(UserManager<Account> accounts, OpenSession session, HalfSignIn half, SignInAttempts attempts, KnownDevice devices, SignInLimit limit,
    WriteAudit audit, TimeProvider clock)
{
    // A wrong answer comes at the end of a beat: what was done meanwhile, for a name that is there or for none, is not heard.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    public async Task<SignInOutcome> TryAsync(HttpContext context, string userName, string password)
    {
        var began = clock.GetTimestamp();
        var outcome = await LookAsync(context, userName, password);
        if (outcome == SignInOutcome.Wrong)
        {
            var spent = clock.GetElapsedTime(began);
            await Task.Delay(Math.Ceiling(spent / Beat) * Beat - spent, clock, context.RequestAborted);
        }
        return outcome;
    }

    private async Task<SignInOutcome> LookAsync(HttpContext context, string userName, string password)
    {
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return SignInOutcome.TooMany;
        var account = await accounts.FindByNameAsync(userName);
        var trial = SignInTrial.AtDoor(context, userName, account, devices);
        var wait = await attempts.TakeAsync(trial, context.RequestAborted);
        await Task.Delay(wait ?? TimeSpan.Zero, clock, context.RequestAborted);
        if (account?.PasswordHash is null || password.Length > PasswordRules.Longest || wait is null || !await session.IsOpenAsync(account.Id, context.RequestAborted))
        {
            // The same work as for a name that may sign in, so that the time does not tell which names exist.
            accounts.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password.Length > PasswordRules.Longest ? "" : password);
            await audit.BySystemAsync("sign-in-failed", account?.UserName ?? userName, context, account?.Id, account?.OrganisationCode);
            return SignInOutcome.Wrong;
        }
        if (!await accounts.CheckPasswordAsync(account, password))
        {
            await audit.BySystemAsync("sign-in-failed", account.UserName!, context, account.Id, account.OrganisationCode);
            return SignInOutcome.Wrong;
        }
        if (account.TwoFactorEnabled)
        {
            await attempts.GiveBackAsync(trial);
            await half.BeginAsync(context, account);
            return SignInOutcome.CodeWanted;
        }
        await attempts.ForgetAsync(trial);
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

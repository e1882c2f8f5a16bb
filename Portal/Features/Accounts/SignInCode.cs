namespace QuanTrac.Portal.Features.Accounts;

/// <summary>The second step at the door: a code of the app or a recovery code. Wrong ones count together with wrong passwords.</summary>
public sealed class SignInCode(OpenSession session, HalfSignIn half, SecondStep step, SignInAttempts attempts, KnownDevice devices, SignInLimit limit, WriteAudit audit, TimeProvider clock)
{
    // Longer than a recovery code with its lines.
    private const int Longest = 40;

    public async Task<(SignInOutcome Outcome, string UserName)> TryAsync(HttpContext context, string code)
    {
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return (SignInOutcome.TooMany, "");
        if (await half.FindAsync(context) is not { } account)
            return (SignInOutcome.TooLate, "");
        var trial = SignInTrial.AtDoor(context, account.UserName!, account, devices);
        var wait = await attempts.TakeAsync(trial, context.RequestAborted);
        await Task.Delay(wait ?? TimeSpan.Zero, clock, context.RequestAborted);
        if (wait is null || code.Length > Longest || !await step.UseAsync(account.Id, code, context.RequestAborted))
        {
            await audit.BySystemAsync("sign-in-failed", account.UserName!, context, account.Id, account.OrganisationCode);
            return (SignInOutcome.Wrong, "");
        }
        await attempts.ForgetAsync(trial);
        await HalfSignIn.EndAsync(context);
        return await session.RunAsync(context, account, SignInWay.Code) ? (SignInOutcome.Done, account.UserName!) : (SignInOutcome.Wrong, "");
    }
}

using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Why the second step was not set up.</summary>
public enum SecondStepProblem
{
    PasswordWrong,
    CodeWrong,

    /// <summary>Administrators must have it (checklist S09).</summary>
    Demanded,
}

/// <summary>Begins the second step of one's own account: confirmed by a code; every session ends, and a fresh one opens in this browser.</summary>
public sealed class SetUpSecondStep(
    UserManager<Account> accounts, PortalDatabase database, SecondStep step, ProvePassword prove, OpenSession session, TimeProvider clock)
{
    /// <summary>The recovery codes, to be shown once, or what is wrong.</summary>
    public async Task<(IReadOnlyList<string> RecoveryCodes, SecondStepProblem? Problem)> RunAsync(Domain.Access.Access access, HttpContext context, string password, string code)
    {
        access.Demand(Capability.UseOwnAccount);
        var cancel = context.RequestAborted;
        if (!await prove.RunAsync(access, password, cancel))
            return ([], SecondStepProblem.PasswordWrong);
        var id = access.AccountId!.Value;
        if (!await step.UseProposedAsync(id, string.Concat(code.Where(char.IsAsciiDigit)), cancel))
            return ([], SecondStepProblem.CodeWrong);
        IReadOnlyList<string> codes;
        await using (var system = await database.OpenSystemAsync(cancel))
        {
            await using var transaction = await system.BeginTransactionAsync(cancel);
            codes = await step.ConfirmAsync(system, id, cancel);
            await OwnSessions.EndAllAsync(system, id, clock.GetUtcNow(), "everywhere", cancel);
            await WriteAudit.AsAsync(system, access, "second-step-set-up", access.AccountName);
            await transaction.CommitAsync(cancel);
        }
        // Read after it was written.
        await session.RunAsync(context, (await accounts.FindByNameAsync(access.AccountName))!, SignInWay.Code);
        return (codes, null);
    }
}

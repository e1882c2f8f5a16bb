using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What may be done with the second step of one's own account once it is there; each asks for the password.</summary>
public sealed class OwnSecondStep(PortalDatabase database, SecondStep step, ProvePassword prove)
{
    /// <summary>Null where it is off now.</summary>
    public async Task<SecondStepProblem?> TurnOffAsync(Domain.Access.Access access, string password, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        if (OwedStep.DemandsSecondStep(access.Role))
            return SecondStepProblem.Demanded;
        if (!await prove.RunAsync(access, password, cancel))
            return SecondStepProblem.PasswordWrong;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        await SecondStep.RemoveAsync(system, access.AccountId!.Value, cancel);
        await WriteAudit.AsAsync(system, access, "second-step-turned-off", access.AccountName);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>New recovery codes, to be shown once; null where the password is wrong.</summary>
    public async Task<IReadOnlyList<string>?> NewCodesAsync(Domain.Access.Access access, string password, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        if (!await prove.RunAsync(access, password, cancel))
            return null;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var codes = await step.NewRecoveryCodesAsync(system, access.AccountId!.Value, cancel);
        await WriteAudit.AsAsync(system, access, "recovery-codes-made", access.AccountName);
        await transaction.CommitAsync(cancel);
        return codes;
    }
}

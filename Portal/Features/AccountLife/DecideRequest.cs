using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Department says yes, or no with the reason (Điều 6.2b). Never whoever asked or assembled.</summary>
public sealed class DecideRequest(PortalDatabase database, AccountNotices notices, TimeProvider clock)
{
    /// <param name="refusal">Null: approved.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int id, string version, string? refusal, CancellationToken cancel)
    {
        access.Demand(Capability.ApproveAccounts);
        refusal = refusal?.Trim();
        if (refusal is { Length: 0 or > RequestPersons.ReasonCap })
            return refusal.Length == 0 ? AccountProblem.ReasonMissing : AccountProblem.TooLong;
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return AccountProblem.NotThere;
        // The capability is any state body's that sees the province: the decision is the Department's own.
        if (!await AccountReach.IsDepartmentAsync(system, access, cancel) || access.AccountId is not { } account || account == record.AskedBy || account == record.AssembledBy)
            return AccountProblem.NotYoursToDecide;
        if (record.Version != version)
            return AccountProblem.Changed;
        if (record.State != RequestState.Assembled)
            return AccountProblem.NotNow;
        if (await system.ScalarAsync<string>("SELECT portal_second_person($1::int, $2, 'department', true)", cancel, record.AssembledBy, account) is { Length: > 0 })
            return AccountProblem.NoWord;
        var yes = refusal is null;
        if (!await record.GoAsync(system, access, yes ? RequestState.Approved : RequestState.Refused, yes ? "approved" : "refused", refusal ?? "", now, cancel))
            return AccountProblem.Changed;
        await WriteAudit.AsAsync(system, access, yes ? "account-request-approved" : "account-request-refused", record.Number, new { organisation = record.OrganisationCode, reason = refusal });
        await transaction.CommitAsync(cancel);
        await notices.ToCentreAsync(id, yes ? "Approved" : "Refused", record.OrganisationCode, now, access.AccountId, cancel);
        if (!yes)
            await notices.ToAskerAsync(id, "Refused", record.OrganisationCode, now, record.AskedBy, access.AccountId, cancel);
        return null;
    }
}

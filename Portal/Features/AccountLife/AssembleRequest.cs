using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The Centre puts a request before the Department, or sends it back with the reason (Điều 6.2b).</summary>
public sealed class AssembleRequest(PortalDatabase database, AccountNotices notices, TimeProvider clock)
{
    /// <param name="back">Null: to the Department; else back to whoever asked, for this reason.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int id, string version, string? back, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        back = back?.Trim();
        if (back is { Length: 0 or > RequestPersons.ReasonCap })
            return back.Length == 0 ? AccountProblem.ReasonMissing : AccountProblem.TooLong;
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return AccountProblem.NotThere;
        if (record.Version != version)
            return AccountProblem.Changed;
        // What was approved may have become impossible meanwhile: then it goes back, too.
        if (record.State != RequestState.Sent && (record.State != RequestState.Approved || back is null))
            return AccountProblem.NotNow;
        if (back is null && await SendRequest.CheckPersonsAsync(system, record, PortalDay.Of(clock), cancel) is { } problem)
            return problem;
        // A guest has no draft to come back to: the answer is no.
        var to = back is null ? RequestState.Assembled : record.Guest ? RequestState.Closed : RequestState.Draft;
        if (!await record.GoAsync(system, access, to, back is null ? "assembled" : record.Guest ? "closed" : "returned", back ?? "", now, cancel))
            return AccountProblem.Changed;
        await WriteAudit.AsAsync(system, access, back is null ? "account-request-assembled" : "account-request-returned", record.Number, new { organisation = record.OrganisationCode, reason = back });
        await transaction.CommitAsync(cancel);
        if (back is null)
            await notices.ToDepartmentAsync(id, "Assembled", record.OrganisationCode, now, access.AccountId, cancel);
        else
            await notices.ToAskerAsync(id, "Returned", record.OrganisationCode, now, record.AskedBy, access.AccountId, cancel);
        return null;
    }
}

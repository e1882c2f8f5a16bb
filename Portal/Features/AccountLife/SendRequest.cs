using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Sends a request to the Centre, or takes it back for good.</summary>
public sealed class SendRequest(PortalDatabase database, AccountNotices notices, TimeProvider clock)
{
    /// <param name="letter">Number and sign as it stands on the letter, last corrected.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int id, string version, string letter, DateOnly? dated, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        letter = letter.Trim();
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return AccountProblem.NotThere;
        if (record.Version != version)
            return AccountProblem.Changed;
        if (record.State != RequestState.Draft || !record.IsWritableBy(access))
            return AccountProblem.NotNow;
        if (StartRequest.Check(letter, dated, PortalDay.Of(clock)) is { } wrong)
            return wrong;
        if (!record.HasFile)
            return AccountProblem.ScanMissing;
        if (await CheckPersonsAsync(system, record, PortalDay.Of(clock), cancel) is { } problem)
            return problem;
        if (!await record.GoAsync(system, access, RequestState.Sent, "sent", "", now, cancel))
            return AccountProblem.Changed;
        await system.ExecuteAsync("UPDATE account_request SET letter_number = $2, letter_date = $3, asked_by = $4, asked_name = $5 WHERE id = $1", cancel, id, letter, dated, access.AccountId, access.AccountName);
        await WriteAudit.AsAsync(system, access, "account-request-sent", record.Number, new { organisation = record.OrganisationCode, letter });
        await transaction.CommitAsync(cancel);
        await notices.ToCentreAsync(id, "Sent", record.OrganisationCode, now, access.AccountId, cancel);
        return null;
    }

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> CloseAsync(Domain.Access.Access access, int id, string version, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return AccountProblem.NotThere;
        if (record.Version != version)
            return AccountProblem.Changed;
        if (record.Guest || record.AskerOrganisationId != access.OrganisationId || record.State is not (RequestState.Draft or RequestState.Sent))
            return AccountProblem.NotNow;
        if (!await record.GoAsync(system, access, RequestState.Closed, "closed", "", clock.GetUtcNow(), cancel))
            return AccountProblem.Changed;
        await WriteAudit.AsAsync(system, access, "account-request-closed", record.Number, new { organisation = record.OrganisationCode });
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Everything again before it goes on: what was free when it was written may have been taken since.</summary>
    internal static async Task<AccountProblem?> CheckPersonsAsync(Npgsql.NpgsqlConnection system, RequestRecord record, DateOnly today, CancellationToken cancel)
    {
        var persons = await RequestPersons.ReadAsync(system, record.Id, cancel);
        foreach (var person in persons)
        {
            if (await RequestPersons.CheckAsync(system, record, person, today, cancel) is { } problem)
                return problem;
        }
        return persons.Count == 0 ? AccountProblem.NobodyNamed : null;
    }
}

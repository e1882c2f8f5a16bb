using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Puts a person into a request, corrects one or takes one out: by whoever asks while it is a draft, by the Centre once it was sent.</summary>
public sealed class SavePerson(PortalDatabase database, TimeProvider clock)
{
    /// <param name="person">Id 0 for a new one.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RunAsync(Domain.Access.Access access, int request, string version, RequestPerson person, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        person = RequestPersons.Tidy(person);
        return await WithinAsync(access, request, version, "saved", async (system, record) =>
        {
            if (person.Id == 0 && await system.ScalarAsync<long>("SELECT count(*) FROM account_request_person WHERE request_id = $1", cancel, request) >= RequestPersons.Most)
                return AccountProblem.TooMany;
            if (await RequestPersons.CheckAsync(system, record, person, PortalDay.Of(clock), cancel) is { } problem)
                return problem;
            return await WriteAsync(system, request, person, cancel) == 0 ? AccountProblem.NotThere : null;
        }, person, cancel);
    }

    /// <returns>Null where it is done.</returns>
    public async Task<AccountProblem?> RemoveAsync(Domain.Access.Access access, int request, string version, int person, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        return await WithinAsync(access, request, version, "removed", async (system, _) =>
            await system.ExecuteAsync("DELETE FROM account_request_person WHERE id = $1 AND request_id = $2", cancel, person, request) == 0 ? AccountProblem.NotThere : null,
            RequestPerson.Empty with { Id = person }, cancel);
    }

    /// <summary>Writes many at once, all or none.</summary>
    internal async Task<AccountProblem?> AddAllAsync(Domain.Access.Access access, int request, IReadOnlyList<RequestPerson> persons, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        return await WithinAsync(access, request, null, "saved", async (system, _) =>
        {
            foreach (var person in persons)
                await WriteAsync(system, request, person, cancel);
            return null;
        }, RequestPerson.Empty, cancel);
    }

    private async Task<AccountProblem?> WithinAsync(
        Domain.Access.Access access, int request, string? version, string what, Func<NpgsqlConnection, RequestRecord, Task<AccountProblem?>> write, RequestPerson person, CancellationToken cancel)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, request, cancel) is not { } record)
            return AccountProblem.NotThere;
        if (version is not null && record.Version != version)
            return AccountProblem.Changed;
        if (!record.IsWritableBy(access))
            return AccountProblem.NotNow;
        if (await write(system, record) is { } problem)
            return problem;
        if (!await record.TouchAsync(system, clock.GetUtcNow(), cancel))
            return AccountProblem.Changed;
        // What the Centre corrects in what another one sent is kept.
        if (record.State == Domain.Accounts.RequestState.Sent)
            await WriteAudit.AsAsync(system, access, "account-request-corrected", record.Number, new { what, person = person.Id == 0 ? null : person.Id.ToString(CultureInfo.InvariantCulture), login = person.UserName });
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static Task<int> WriteAsync(NpgsqlConnection system, int request, RequestPerson person, CancellationToken cancel)
    {
        object?[] values =
        [
            request, person.Act.Word(), new NpgsqlParameter { Value = (object?)person.Account ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, person.FullName, person.UserName, person.Role,
            person.Email, person.Phone, person.HeadsUnit, new NpgsqlParameter { Value = (object?)person.Until ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date }, person.Reason,
        ];
        return person.Id == 0
            ? system.ExecuteAsync(
                """
                INSERT INTO account_request_person (request_id, act, account_id, full_name, user_name, role, email, phone, heads_unit, valid_until, reason)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, cancel, values)
            : system.ExecuteAsync(
                """
                UPDATE account_request_person SET act = $2, account_id = $3, full_name = $4, user_name = $5, role = $6, email = $7, phone = $8, heads_unit = $9, valid_until = $10, reason = $11
                WHERE request_id = $1 AND id = $12
                """, cancel, [.. values, person.Id]);
    }
}

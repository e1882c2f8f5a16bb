using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Begins a request by an official letter: for one's own organisation, one that it manages, or any for the Centre.</summary>
public sealed class StartRequest(PortalDatabase database, RequestData data, TimeProvider clock)
{
    public const int LetterCap = 100;

    /// <returns>Its id, or why it was not begun.</returns>
    public async Task<(int Id, AccountProblem? Problem)> RunAsync(Domain.Access.Access access, string organisation, string letter, DateOnly? dated, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        letter = letter.Trim();
        if ((await data.AskableAsync(access, "vi", cancel)).FirstOrDefault(one => one.Code == organisation) is not { } known)
            return (0, AccountProblem.OrganisationUnknown);
        if (Check(letter, dated, PortalDay.Of(clock)) is { } problem)
            return (0, problem);
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var id = await system.ScalarAsync<int>(
            """
            INSERT INTO account_request (kind, organisation_id, asker_organisation_id, letter_number, letter_date, asked_by, asked_name, created_at, changed_at)
            VALUES ('letter', $1, $2, $3, $4, $5, $6, $7, $7) RETURNING id
            """, cancel, known.Id, access.OrganisationId, letter, dated, access.AccountId, access.AccountName, now);
        await RequestRecord.WriteStepAsync(system, id, access, "drafted", "", now, cancel);
        await WriteAudit.AsAsync(system, access, "account-request-drafted", RequestRecord.NumberOf(id), new { organisation, letter });
        await transaction.CommitAsync(cancel);
        return (id, null);
    }

    internal static AccountProblem? Check(string letter, DateOnly? dated, DateOnly today) =>
        letter.Length is 0 or > LetterCap ? AccountProblem.LetterMissing
        : dated is not { } day || day > today || day.Year < 2000 ? AccountProblem.DateWrong
        : null;
}

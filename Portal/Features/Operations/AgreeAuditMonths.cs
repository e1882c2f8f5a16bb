using Npgsql;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Asks for a second word on keeping the audit for fewer months, as it is set; the confirmed word itself is the rule (portal_audit_months).</summary>
public sealed class AgreeAuditMonths(AskSecondWord ask, ExpireAudit expire) : IConfirmedAct
{
    private const string Kind = "audit-months";

    IReadOnlyCollection<string> IConfirmedAct.Kinds => [Kind];

    /// <returns>Null where it waits now.</returns>
    /// <exception cref="InvalidOperationException">What is set is no number of months.</exception>
    public async Task<WordProblem?> RunAsync(Domain.Access.Access access, int months, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, ExpireAudit.LeastMonths);
        var agreed = await expire.AgreedAsync(access, cancel);
        return await ask.RunAsync(access, new(Kind, null, $"{agreed} → {months}", reason, new { months }), cancel);
    }

    Task<ActOutcome> IConfirmedAct.CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel) => Task.FromResult(new ActOutcome());
}

using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Desk;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>One click on something suspicious (Điều 9.3b): the account is locked with the reason, an incident is written down at the desk, the alert is closed.</summary>
public sealed class LockAndReport(LockAccount locks, AskDesk desk, CloseAlert alerts)
{
    /// <param name="alert">The alert that led to it; null: seen on line.</param>
    /// <param name="title">Of the incident.</param>
    /// <returns>Why it was not locked, or null; and the incident.</returns>
    public async Task<(AccountProblem? Problem, int Incident)> RunAsync(
        Domain.Access.Access access, int account, int? alert, string reason, string title, string words, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        // The lock first: what is written down may wait, the door may not.
        if (await locks.RunAsync(access, account, reason, cancel) is { } problem)
            return (problem, 0);
        var (incident, _) = await desk.RunAsync(access, new(DeskKind.Incident, title, words, Severity: "normal"), cancel);
        if (alert is { } number)
            await alerts.RunAsync(access, number, reason, cancel);
        return (null, incident);
    }
}

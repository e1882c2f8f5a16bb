using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>The Centre ends a session of somebody else; its pages close within five seconds.</summary>
public sealed class EndSessions(PortalDatabase database, TimeProvider clock)
{
    /// <summary>False where it is over already.</summary>
    public async Task<bool> RunAsync(Domain.Access.Access access, Guid session, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var name = await system.ScalarAsync<string>(
            """
            UPDATE account_session AS s SET ended_at = $2, end_reason = 'everywhere' FROM account AS a
            WHERE s.id = $1 AND s.ended_at IS NULL AND a.id = s.account_id RETURNING a.user_name
            """, cancel, session, clock.GetUtcNow());
        if (name is not null)
            await WriteAudit.AsAsync(system, access, "session-ended-by-centre", name);
        await transaction.CommitAsync(cancel);
        return name is not null;
    }
}

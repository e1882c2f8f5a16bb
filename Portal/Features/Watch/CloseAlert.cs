using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>The Centre has looked at an alert, and says what it found.</summary>
public sealed class CloseAlert(PortalDatabase database, TimeProvider clock)
{
    public const int WordsCap = 500;

    /// <summary>False where nothing was said, too much, or somebody else has closed it.</summary>
    public async Task<bool> RunAsync(Domain.Access.Access access, int alert, string words, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        words = words.Trim();
        if (words.Length is 0 or > WordsCap)
            return false;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var about = await system.ScalarAsync<string>(
            "UPDATE watch_alert SET closed_at = $2, closed_by = $3, closed_words = $4 WHERE id = $1 AND closed_at IS NULL RETURNING rule || ' ' || coalesce(nullif(account_name, ''), from_address)",
            cancel, alert, clock.GetUtcNow(), access.AccountName, words);
        if (about is not null)
            await WriteAudit.AsAsync(system, access, "watch-closed", about, new { reason = words });
        await transaction.CommitAsync(cancel);
        return about is not null;
    }
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What a sealing did.</summary>
/// <param name="Sealed">Entries sealed now.</param>
/// <param name="HeldUp">A transaction that writes the audit did not end in time: nothing was sealed, the next run will.</param>
public sealed record SealOutcome(int Sealed, bool HeldUp);

/// <summary>Chains the entries of the audit by hash, all that are surely complete; no business transaction waits for it, and two nodes take turns.</summary>
public sealed class SealAudit(PortalDatabase database)
{
    public async Task<SealOutcome> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync("SELECT sealed, held_up FROM portal_seal_audit()",
            row => new SealOutcome(row.GetInt32(0), row.GetBoolean(1)), cancel))[0];
    }
}

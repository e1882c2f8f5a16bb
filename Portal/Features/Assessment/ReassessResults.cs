using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Judges every result anew after standards or the engine changed: first as a trial that shows the difference, then for good.</summary>
public sealed class ReassessResults(PortalDatabase database, TimeProvider clock)
{
    /// <param name="trial">True: nothing is kept.</param>
    public async Task<IReadOnlyList<VerdictChange>> RunAsync(Domain.Access.Access access, bool trial, CancellationToken cancel)
    {
        access.Demand(Capability.LoadReference);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var changes = await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfEverythingAsync(cancel);
        if (trial)
            return changes;
        await WriteAudit.AsAsync(db.Connection, access, "reassessed", "", new { changed = changes.Sum(change => change.Results) });
        await transaction.CommitAsync(cancel);
        return changes;
    }
}

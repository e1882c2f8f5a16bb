using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Campaigns;

/// <summary>How an attempt to release, or to take back, ended.</summary>
public enum ReleaseOutcome
{
    Done,
    NotThere,

    /// <summary>Inspections are never released.</summary>
    Inspection,

    /// <summary>Nothing of it has been accepted yet.</summary>
    NothingAccepted,
}

/// <summary>Opens a campaign to guests, or closes it again: a decision for each campaign, after acceptance, with its document. Their means and indices, also those of the
/// campaigns after it, are computed anew from what is open now.</summary>
public sealed class ReleaseCampaign(PortalDatabase database, TimeProvider clock)
{
    /// <param name="release">False takes the release back.</param>
    public async Task<ReleaseOutcome> RunAsync(
        Domain.Access.Access access, int campaign, string document, bool release, CancellationToken cancel)
    {
        access.Demand(Capability.ReleaseCampaign);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var found = (await db.Connection.ListAsync(
            "SELECT code, inspection_id IS NOT NULL FROM campaign WHERE id = $1 FOR UPDATE",
            row => (Code: row.GetString(0), IsInspection: row.GetBoolean(1)), cancel, campaign)).FirstOrDefault();
        if (found.Code is null)
            return ReleaseOutcome.NotThere;
        if (found.IsInspection)
            return ReleaseOutcome.Inspection;
        if (release && !await db.Connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM site_status WHERE campaign_id = $1 AND reviewed)", cancel, campaign))
            return ReleaseOutcome.NothingAccepted;
        await db.Connection.ExecuteAsync(
            """
            UPDATE campaign SET released_at = CASE WHEN $2 THEN now() END, released_by = CASE WHEN $2 THEN $3 END, release_document = $4 WHERE id = $1
            """, cancel, campaign, release, new Npgsql.NpgsqlParameter { Value = (object?)access.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
            release ? document.Trim() : "");
        await db.Connection.ExecuteAsync("UPDATE site_status SET released = $2 WHERE campaign_id = $1", cancel, campaign, release);
        await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfReleaseAsync(campaign, cancel);
        await WriteAudit.AsAsync(db.Connection, access, release ? "campaign-released" : "campaign-release-taken-back", found.Code, new { document });
        await transaction.CommitAsync(cancel);
        return ReleaseOutcome.Done;
    }

    /// <summary>The id of a campaign that the access sees, or null.</summary>
    public async Task<int?> FindAsync(Domain.Access.Access access, string code, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        var id = await db.Connection.ScalarAsync<int>("SELECT id FROM campaign WHERE code = $1", cancel, code);
        return id == 0 ? null : id;
    }
}

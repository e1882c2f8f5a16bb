using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Campaigns;

/// <summary>Whether guests see a campaign, and what a release would open.</summary>
/// <param name="Results">Accepted results of it.</param>
/// <param name="Unreviewed">Results that wait for review and stay closed.</param>
/// <param name="MayDecide">Whether the viewer may release it; inspections nobody may.</param>
public sealed record CampaignState(
    int Id, string Code, string Name, bool IsInspection, DateTimeOffset? ReleasedAt, string Document, int Sites, int Results, int Unreviewed, bool MayDecide);

/// <summary>Reads the state of one campaign for whoever looks.</summary>
public sealed class CampaignStateQuery(PortalDatabase database, CurrentAccess current)
{
    /// <returns>Null where the campaign is not there or not theirs.</returns>
    public async Task<CampaignState?> RunAsync(string code, bool vietnamese, CancellationToken cancel)
    {
        var access = await current.GetAsync();
        access.Demand(Capability.SeeMap);
        await using var db = await database.OpenAsync(access, cancel);
        return (await db.Connection.ListAsync(
            """
            SELECT c.id, c.code, CASE WHEN $2 OR c.name_en = '' THEN c.name_vi ELSE c.name_en END, c.inspection_id IS NOT NULL, c.released_at, c.release_document,
                count(DISTINCT s.site_id) FILTER (WHERE s.reviewed)::int, coalesce(sum(s.results) FILTER (WHERE s.reviewed), 0)::int,
                coalesce(sum(s.results) FILTER (WHERE NOT s.reviewed), 0)::int
            FROM campaign c LEFT JOIN site_status s ON s.campaign_id = c.id AND s.view = 'today'
            WHERE c.code = $1 GROUP BY c.id
            """,
            row => new CampaignState(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetBoolean(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4), row.GetString(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8),
                access.May(Capability.ReleaseCampaign) && !row.GetBoolean(3)), cancel, code, vietnamese)).FirstOrDefault();
    }
}

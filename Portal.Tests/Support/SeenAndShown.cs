using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Map;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Holds what is stored for one account, what the panel shows it and what "Vì sao?" computes for it against one another, for the newest event of every site, medium and group.</summary>
internal static class SeenAndShown
{
    private const string Newest =
        """
        SELECT st.site_id, s.code, st.medium, st.data_group, st.campaign_id, c.code, st.view, st.verdict, st.index_code, st.index_value, st.ccme_value, st.results, st.exceeding
        FROM (SELECT *, row_number() OVER (PARTITION BY site_id, medium, data_group, view ORDER BY period_end DESC, campaign_id DESC) AS place FROM site_status) AS st
        JOIN site s ON s.id = st.site_id JOIN campaign c ON c.id = st.campaign_id
        WHERE st.place = 1
        ORDER BY s.code, st.view
        """;

    /// <returns>How many statuses there were.</returns>
    public static async Task<int> AssertAsync(PortalDatabase database, QuanTrac.Portal.Domain.Access.Access access)
    {
        await using var db = await database.OpenAsync(access);
        var explanation = new EventExplanation(db.Connection, PortalDay.Of(TimeProvider.System));
        var map = new MapData(database, new CurrentAccess(new SignedIn(access), new HttpContextAccessor()), TimeProvider.System);
        var statuses = await db.Connection.ListAsync(Newest, Stored.Read, default);
        var wrong = new List<string>();
        foreach (var stored in statuses)
        {
            var panel = (await map.PanelAsync(new MapFilter { Site = stored.Code, View = stored.View, Medium = stored.Medium, Group = stored.Group, Campaign = stored.Campaign }, default))!;
            var last = (await explanation.OfAsync(stored.Site, stored.Medium, stored.Group, stored.CampaignId, stored.View, default))?.Steps[^1];
            var explained = last?.Code == StepCode.Class ? (int?)last.Facts[0] : null;
            if ((panel.Verdict, panel.Index.Fill.Index, panel.Index.Fill.Value, explained) != (stored.Verdict, stored.Index, stored.Value, stored.Ccme ?? stored.Value))
                wrong.Add($"{stored}: shown {panel.Verdict} {panel.Index.Fill.Index} {panel.Index.Fill.Value}, explained {explained}");
            // What is counted is what is listed.
            if (panel.Results.Count != stored.Results || panel.Results.Count(result => result.Verdict == "exceeds") != stored.Exceeding)
                wrong.Add($"{stored}: lists {panel.Results.Count}");
        }
        Assert.Empty(wrong);
        return statuses.Count;
    }

    private sealed class SignedIn(QuanTrac.Portal.Domain.Access.Access access) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, access.AccountName), new(ClaimTypes.NameIdentifier, Text(access.AccountId ?? 0)), new(AccessClaims.Role, access.Role.ToString()),
            new(AccessClaims.Login, access.Login.ToString()), new(AccessClaims.OrganisationId, Text(access.OrganisationId)), new(AccessClaims.OrganisationCode, access.OrganisationCode),
        ], "test"))));

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Stored(
        int Site, string Code, string Medium, string Group, int CampaignId, string Campaign, string View, string Verdict, string Index, int? Value, int? Ccme, int Results, int Exceeding)
    {
        public static Stored Read(Npgsql.NpgsqlDataReader row) => new(
            row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8),
            row.GetString(8) == "worst-ratio" || row.IsDBNull(9) ? null : (int)row.GetDecimal(9), row.IsDBNull(10) ? null : row.GetInt32(10), row.GetInt32(11), row.GetInt32(12));
    }
}

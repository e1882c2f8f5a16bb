using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Features.Map;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>One value, one explanation: what is stored, what the panel shows and what "Vì sao?" computes are the same for every site and every account of the demo.</summary>
public sealed class SeenIsShownTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    public static TheoryData<string> Accounts => [.. DemoAccounts.All.Select(account => account.Name)];

    [Theory, MemberData(nameof(Accounts))]
    public async Task Status_OfEverySite_IsStoredShownAndExplainedAlike(string account)
    {
        await using var scope = demo.Portal.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalDatabase>();
        var access = (await AccountAccess.FindAsync(database, scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), account, default))!;
        await using var db = await database.OpenAsync(access);
        var today = PortalDay.Of(TimeProvider.System);
        var explanation = new EventExplanation(db.Connection, today);
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
        Assert.NotEmpty(statuses);
    }

    // Whoever is inspected sees nothing before the day of the conclusion. That day comes with the calendar: the job of the morning makes what they then see.
    [Fact]
    public async Task Conclusion_ComesWithItsDay_IsJudgedForThoseWhomItConcerns()
    {
        const string Seen = "SELECT count(*) FROM site_status st JOIN campaign c ON c.id = st.campaign_id WHERE c.code = 'MAU-D-KT-2026-03'";
        var account = (await demo.ReadAsync(
            """
            SELECT a.user_name FROM account a JOIN organisation o ON o.code = a.organisation_code JOIN site s ON s.owner_id = o.id JOIN site_status st ON st.site_id = s.id
            JOIN campaign c ON c.id = st.campaign_id WHERE c.code = 'MAU-D-KT-2026-03' AND a.demo AND o.kind IN ('facility', 'parent') LIMIT 1
            """)).DefaultIfEmpty("parent").First();
        var all = (await demo.ReadAsync($"SELECT count(*)::text FROM ({Seen.Replace("count(*)", "*", StringComparison.Ordinal)}) AS st WHERE rests_on = 'all'"))[0];
        Assert.Equal(0, await demo.CountAsync(account, Seen));
        try
        {
            await SetAsync("portal_today()");
            Assert.Equal(0, await demo.CountAsync(account, Seen));
            await MorningAsync();
            Assert.NotEqual(0, await demo.CountAsync(account, Seen));
        }
        finally
        {
            await SetAsync("NULL");
        }
        await MorningAsync();
        Assert.Equal(0, await demo.CountAsync(account, Seen));
        Assert.Equal([all], await demo.ReadAsync(Seen.Replace("count(*)", "count(*)::text", StringComparison.Ordinal)));
    }

    private async Task SetAsync(string day)
    {
        await using var owner = await demo.OpenAsync();
        await owner.ExecuteAsync($"UPDATE campaign SET concluded_on = {day} WHERE code = 'MAU-D-KT-2026-03'", default);
    }

    private async Task MorningAsync()
    {
        await using var scope = demo.Portal.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReassessOnNewLimits>().RunAsync(CommandContext.Console, default);
    }

    private sealed class SignedIn(QuanTrac.Portal.Domain.Access.Access access) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, access.AccountName), new(ClaimTypes.NameIdentifier, Text(access.AccountId ?? 0)), new(AccessClaims.Role, access.Role.ToString()),
            new(AccessClaims.Login, access.Login.ToString()), new(AccessClaims.OrganisationId, Text(access.OrganisationId)), new(AccessClaims.OrganisationCode, access.OrganisationCode),
        ], "test"))));

        private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Stored(int Site, string Code, string Medium, string Group, int CampaignId, string Campaign, string View, string Verdict, string Index, int? Value, int? Ccme, int Results, int Exceeding)
    {
        public static Stored Read(Npgsql.NpgsqlDataReader row) => new(
            row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8),
            row.GetString(8) == "worst-ratio" || row.IsDBNull(9) ? null : (int)row.GetDecimal(9), row.IsDBNull(10) ? null : row.GetInt32(10), row.GetInt32(11), row.GetInt32(12));
    }

    // Of each site, medium and group.
    private const string Newest =
        """
        SELECT st.site_id, s.code, st.medium, st.data_group, st.campaign_id, c.code, st.view, st.verdict, st.index_code, st.index_value, st.ccme_value, st.results, st.exceeding
        FROM (SELECT *, row_number() OVER (PARTITION BY site_id, medium, data_group, view ORDER BY period_end DESC, campaign_id DESC) AS place FROM site_status) AS st
        JOIN site s ON s.id = st.site_id JOIN campaign c ON c.id = st.campaign_id
        WHERE st.place = 1
        ORDER BY s.code, st.view
        """;
}

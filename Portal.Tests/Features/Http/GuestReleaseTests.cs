using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Campaigns;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What a guest receives, byte by byte, before a campaign is released, while it is, and after the release is taken back.</summary>
[Collection(nameof(HttpPortal))]
public sealed class GuestReleaseTests(HttpPortal portal)
{
    // By the demo data: the newest campaign of groundwater that guests do not see, beside a released one of the quarter before.
    private const string Campaign = "MAU-B-NDD-2026-Q3";
    private const string Site = "SELECT min(s.code) FROM site_status st JOIN site s ON s.id = st.site_id JOIN campaign c ON c.id = st.campaign_id WHERE c.code = '" + Campaign + "' AND st.reviewed";

    [Fact]
    public async Task Release_AndBack_ChangesWhatGuestsReceiveAndNothingForOthers()
    {
        var site = await portal.ReadAsync(Site);
        var day = await portal.ReadAsync($"SELECT max(st.period_end)::text FROM site_status st JOIN site s ON s.id = st.site_id JOIN campaign c ON c.id = st.campaign_id WHERE c.code = '{Campaign}' AND s.code = '{site}'");
        var (guest, manager) = (await TakeAsync("guest"), await TakeAsync("manager"));
        Assert.DoesNotContain(day, guest.Of(site), StringComparison.Ordinal);
        // Proofs of a value of the campaign, and of one of an earlier, released campaign: the first is not there for a guest, the second does not change.
        var (hidden, open) = (await ProofAsync("guest", await ResultAsync(site, "MAU-B-NDD-2026-Q3")), await ProofAsync("guest", await ResultAsync(site, "MAU-B-NDD-2026-Q2")));
        Assert.Null(hidden);
        Assert.NotNull(open);

        await ReleaseAsync(true);
        var during = await TakeAsync("guest");
        try
        {
            Assert.Contains(day, during.Of(site), StringComparison.Ordinal);
            Assert.Equal(manager.Layer, (await TakeAsync("manager")).Layer);
            Assert.NotNull(await ProofAsync("guest", await ResultAsync(site, "MAU-B-NDD-2026-Q3")));
            Assert.Equal(open, await ProofAsync("guest", await ResultAsync(site, "MAU-B-NDD-2026-Q2")));
            // Each row of theirs rests on as many results as they may see of it.
            Assert.Equal(0, await WrongAsync());
        }
        finally
        {
            await ReleaseAsync(false);
        }
        Assert.Equal(guest.Layer, (await TakeAsync("guest")).Layer);
        Assert.Equal(manager.Layer, (await TakeAsync("manager")).Layer);
        Assert.Null(await ProofAsync("guest", await ResultAsync(site, "MAU-B-NDD-2026-Q3")));
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM site_status st JOIN campaign c ON c.id = st.campaign_id WHERE c.code = '{Campaign}' AND st.rests_on <> 'all'"));
    }

    private sealed record Taken(string Layer)
    {
        public string Of(string site) => Layer.Split("\"type\":\"Feature\"").Single(feature => feature.Contains($"\"{site}\"", StringComparison.Ordinal));
    }

    private async Task<Taken> TakeAsync(string account)
    {
        var client = await portal.ClientAsync(account);
        return new(await client.GetStringAsync("/map/sites", TestContext.Current.CancellationToken));
    }

    // The words of the sheet, without the time of printing.
    private async Task<string?> ProofAsync(string account, long result)
    {
        var client = await portal.ClientAsync(account);
        using var answer = await client.GetAsync($"/assessment/proof/{result}/text?view=today&language=vi", TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? Convert.ToHexString(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))) : null;
    }

    private Task<long> ResultAsync(string site, string campaign) => portal.CountAsync(
        $"SELECT min(r.id) FROM result r JOIN site s ON s.id = r.site_id JOIN campaign c ON c.id = r.campaign_id WHERE s.code = '{site}' AND c.code = '{campaign}'");

    private Task<long> WrongAsync() => portal.CountAsync(
        """
        SELECT count(*) FROM site_status st WHERE st.rests_on = 'released' AND st.results <> (
            SELECT count(*) FROM result r JOIN submission s ON s.id = r.submission_id JOIN campaign c ON c.id = r.campaign_id
            WHERE r.site_id = st.site_id AND r.medium = st.medium AND r.data_group = st.data_group AND r.campaign_id = st.campaign_id
              AND r.successor IS NULL AND s.state = 'accepted' AND c.released_at IS NOT NULL)
        """);

    private async Task ReleaseAsync(bool release)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var manager = (await AccountAccess.FindAsync(scope.ServiceProvider.GetRequiredService<PortalDatabase>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), "manager", default))!;
        var use = scope.ServiceProvider.GetRequiredService<ReleaseCampaign>();
        var campaign = (await use.FindAsync(manager, Campaign, default))!.Value;
        Assert.Equal(ReleaseOutcome.Done, await use.RunAsync(manager, campaign, "Thông báo thử", release, default));
    }
}

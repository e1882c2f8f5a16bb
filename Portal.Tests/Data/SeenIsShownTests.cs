using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Tests.Support;

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
        Assert.NotEqual(0, await SeenAndShown.AssertAsync(database, access));
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
}

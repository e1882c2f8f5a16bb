using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Ui;
using static QuanTrac.Portal.Tests.Features.Organisations.CompanyFamily;

namespace QuanTrac.Portal.Tests.Features.Organisations;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Who sees this and why, and what one sees: the answers against the rows that the logins really see.</summary>
public sealed class WhoSeesTests(CompanyFamily family) : IClassFixture<CompanyFamily>, IAsyncLifetime
{
    private static readonly DateOnly Today = Day("2026-06-15");

    public async ValueTask InitializeAsync()
    {
        if ((long)(await family.ReadAsync("SELECT count(*) FROM site_list"))! > 0)
            return;
        await family.Portal.AccountAsync("board", Role.Manager, "T-BOARD");
        await family.Portal.AccountAsync("old", Role.Parent, "T-OLD");
        await family.Portal.AccountAsync("visitor", Role.Guest, "T-OTHER");
        Made(await family.ChangeAsync("2026-06-15", new ChangeList("T-list", ["T-SUBSUBS"], []), new AssignList("T-BOARD", "T-list", true),
            new ChangeGroups("T-BOARD", "c"), new DrawArea("T-BOARD", "Vùng thử", """{"type":"Polygon","coordinates":[[[107.0999,20.8999],[107.1001,20.8999],[107.1001,20.9001],[107.0999,20.9001],[107.0999,20.8999]]]}""")));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task OfSite_EachRule_IsToldWithWhatItGoesThrough()
    {
        var who = await OfSiteAsync(family.Admin, "t-subsubs", "c");
        Assert.Equal("T-SUBSUBS", who!.Code);
        Assert.Equal(["Tên T-OLD", "Tên T-SUB", "Tên T-SUBSUB"], Reasons(who, "T-OLD").Single().Through);
        Assert.Equal(["Tên T-SUBSUB"], Reasons(who, "T-SUBSUB").Single().Through);
        Assert.Equal(["list: T-list (12/QĐ-UBND (01/06/2026))", "territory: Vùng thử", "group: T-C"],
            Reasons(who, "T-BOARD").Select(reason => $"{reason.Rule}: {string.Join(", ", reason.Through)}"));
        Assert.Equal(["Phường Hà Tu"], Reasons(who, "X06652").Single().Through);
        Assert.DoesNotContain(who.Viewers, viewer => viewer.Code is "T-NEW" or "T-OTHER");
        Assert.Equal(["board"], who.Viewers.Single(viewer => viewer.Code == "T-BOARD").Accounts);
        Assert.Contains("admin", who.ProvinceAccounts);
        Assert.Equal(["visitor"], who.GuestAccounts);
        Assert.Equal(0, who.Released);
        Assert.Null(await OfSiteAsync(family.Admin, "T-NOSITE", "c"));
    }

    /// <summary>Every organisation that is named sees the site, every other one does not.</summary>
    [Fact]
    public async Task OfSite_AgainstTheLogins_IsTrue()
    {
        foreach (var site in new[] { "T-SUBS", "T-SUBSUBS", "T-OTHERS" })
        {
            var named = (await OfSiteAsync(family.Admin, site, "c"))!.Viewers.Select(viewer => viewer.Code).ToHashSet();
            foreach (var organisation in new[] { "T-OLD", "T-NEW", "T-SUB", "T-SUBSUB", "T-OTHER", "T-BOARD", "X06652", "BQLVHL", "THUYSAN" })
                Assert.Equal((site, organisation, named.Contains(organisation)), (site, organisation, (await family.SeenAsync(organisation, $"SELECT code FROM site WHERE code = '{site}'")).Count > 0));
        }
    }

    [Fact]
    public async Task OfAccount_ByNameAndByOrganisation_IsWhatItsLoginSees()
    {
        var board = await OfAccountAsync(family.Admin, "board");
        // By group and list all of T-BOARD's; the area covers two sites of three.
        Assert.Equal(("scope", 3), (board!.Reach, board.SitesInAll));
        Assert.Equal([("group", "c", 3), ("list", "c", 1), ("territory", "c", 2)], board.Rules.Where(rule => rule.Group == "c").Select(rule => (rule.Rule, rule.Group, rule.Sites)));
        Assert.Equal(["T-SUBS", "T-OTHERS", "T-SUBSUBS"], (await SitesAsync(family.Admin, "board")).Rows.Select(site => site.Code));
        Assert.Equal(2, (await OfAccountAsync(family.Admin, "T-OLD"))!.SitesInAll);
        Assert.Equal("all", (await OfAccountAsync(family.Admin, "manager"))!.Reach);
        Assert.Equal(("released", 0), ((await OfAccountAsync(family.Admin, "visitor"))!.Reach, (await OfAccountAsync(family.Admin, "visitor"))!.SitesInAll));
        Assert.Null(await OfAccountAsync(family.Admin, "nobody-there"));
    }

    [Fact]
    public async Task OfAccount_FromTheScope_IsOneselfOnly()
    {
        var old = new Access(Role.Parent, Login.Scoped, 7, "old", (int)(await family.ReadAsync("SELECT id FROM organisation WHERE code = 'T-OLD'"))!, "T-OLD");
        Assert.Equal(["T-SUBS", "T-SUBSUBS"], (await SitesAsync(old, null)).Rows.Select(site => site.Code));
        foreach (var other in new[] { "board", "T-BOARD", "T-NEW", "admin", "T-OLD" })
        {
            Assert.Null(await OfAccountAsync(old, other));
            Assert.Empty((await SitesAsync(old, other)).Rows);
        }
        Assert.Empty(await family.Portal.WithAsync<WhoSeesData, IReadOnlyList<(string, string)>>(data => data.AccountNamesAsync(old, default)));
        Assert.Null(await OfSiteAsync(old, "T-SUBS", "c"));
        var guest = old with { Role = Role.Guest, Login = Login.Guest };
        await Assert.ThrowsAsync<NotAllowedException>(() => OfAccountAsync(guest, null));
        await Assert.ThrowsAsync<NotAllowedException>(() => OfSiteAsync(guest, "T-SUBS", "c"));
        await Assert.ThrowsAsync<NotAllowedException>(() => SitesAsync(guest, null));
    }

    /// <summary>A stretch of the list, in the order that was asked for; what is no column is the usual order.</summary>
    [Theory]
    [InlineData(null, false, 0, 2, "T-SUBS T-OTHERS")]
    [InlineData(null, false, 2, 2, "T-SUBSUBS")]
    [InlineData("site", true, 0, 2, "T-SUBSUBS T-OTHERS")]
    [InlineData("site", true, 2, 2, "T-SUBS")]
    [InlineData("owner", false, 0, 1, "T-OTHERS")]
    [InlineData("owner", true, 0, 1, "T-SUBSUBS")]
    [InlineData("1; DROP TABLE site", true, 0, 3, "T-SUBS T-OTHERS T-SUBSUBS")]
    public async Task Sites_InAnOrder_ComeInStretches(string? order, bool descending, int start, int count, string codes)
    {
        var rows = await SitesAsync(family.Admin, "board", new(order, descending, start, count));
        Assert.Equal(codes, string.Join(' ', rows.Rows.Select(site => site.Code)));
        Assert.Equal(3, rows.Total);
    }

    private Task<SiteViewers?> OfSiteAsync(Access access, string site, string group) =>
        family.Portal.WithAsync<WhoSeesData, SiteViewers?>(data => data.OfSiteAsync(access, site, group, Today, "vi", default));

    private Task<AccountView?> OfAccountAsync(Access access, string? name) =>
        family.Portal.WithAsync<WhoSeesData, AccountView?>(data => data.OfAccountAsync(access, name, Today, "vi", default));

    private Task<GridRows<SeenSite>> SitesAsync(Access access, string? name, GridAsk? ask = null, string? words = null) =>
        family.Portal.WithAsync<WhoSeesData, GridRows<SeenSite>>(data => data.SitesAsync(access, name, words, Today, "vi", ask ?? new(null, false, 0, 100), default));

    private static IReadOnlyList<Reason> Reasons(SiteViewers who, string organisation) => who.Viewers.Single(viewer => viewer.Code == organisation).Reasons;
}

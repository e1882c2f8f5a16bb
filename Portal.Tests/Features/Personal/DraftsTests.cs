using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Personal;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Personal;

public sealed class DraftsTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Fact]
    public async Task Draft_Kept_IsFoundByItsOwnerAlone()
    {
        var (one, other) = (await portal.AccountAsync("draft-one", Role.Manager, "SONNMT"), await portal.AccountAsync("draft-other", Role.Manager, "SONNMT"));
        Assert.True(await AsAsync(drafts => drafts.KeepAsync(one, "desk/new", """{"Words":"nửa câu"}""", default)));
        Assert.True(await AsAsync(drafts => drafts.KeepAsync(one, "desk/new", """{"Words":"nửa câu nữa"}""", default)));
        Assert.Contains("nửa câu nữa", (await AsAsync(drafts => drafts.FindAsync(one, "desk/new", default)))!.Fields, StringComparison.Ordinal);
        Assert.Null(await AsAsync(drafts => drafts.FindAsync(one, "desk/17", default)));
        Assert.Null(await AsAsync(drafts => drafts.FindAsync(other, "desk/new", default)));
        await AsAsync(async drafts => { await drafts.DropAsync(other, "desk/new", default); return 0; });
        Assert.NotNull(await AsAsync(drafts => drafts.FindAsync(one, "desk/new", default)));
        await AsAsync(async drafts => { await drafts.DropAsync(one, "desk/new", default); return 0; });
        Assert.Null(await AsAsync(drafts => drafts.FindAsync(one, "desk/new", default)));
    }

    [Fact]
    public async Task Draft_TooLong_IsNotKeptAndTheOneBeforeStays()
    {
        var one = await portal.AccountAsync("draft-long", Role.Manager, "SONNMT");
        Assert.True(await AsAsync(drafts => drafts.KeepAsync(one, "f", "{}", default)));
        Assert.False(await AsAsync(drafts => drafts.KeepAsync(one, "f", $$"""{"W":"{{new string('x', Drafts.Cap)}}"}""", default)));
        Assert.Equal("{}", (await AsAsync(drafts => drafts.FindAsync(one, "f", default)))!.Fields);
    }

    [Fact]
    public async Task Draft_NotTakenUpForAMonth_IsGoneWithTheNext()
    {
        var one = await portal.AccountAsync("draft-old", Role.Manager, "SONNMT");
        await AsAsync(drafts => drafts.KeepAsync(one, "old", "{}", default));
        portal.Clock.Now += TimeSpan.FromDays(Drafts.Days + 1);
        try
        {
            await AsAsync(drafts => drafts.KeepAsync(one, "new", "{}", default));
            Assert.Null(await AsAsync(drafts => drafts.FindAsync(one, "old", default)));
        }
        finally
        {
            portal.Clock.Now -= TimeSpan.FromDays(Drafts.Days + 1);
        }
    }

    [Fact]
    public async Task View_Saved_IsListedByNameForItsOwnerAlone()
    {
        var (one, other) = (await portal.AccountAsync("view-one", Role.Manager, "SONNMT"), await portal.AccountAsync("view-other", Role.Manager, "SONNMT"));
        Assert.True(await ViewsAsync(views => views.SaveAsync(one, "ho-so", new(" Trễ hạn ", "state=late"), default)));
        Assert.True(await ViewsAsync(views => views.SaveAsync(one, "ho-so", new("Trễ hạn", "state=late&order=-created"), default)));
        Assert.True(await ViewsAsync(views => views.SaveAsync(one, "ho-so", new("Của tôi", ""), default)));
        Assert.Equal([new("Của tôi", ""), new("Trễ hạn", "state=late&order=-created")], await ViewsAsync(views => views.AllAsync(one, "ho-so", default)));
        Assert.Empty(await ViewsAsync(views => views.AllAsync(other, "ho-so", default)));
        Assert.Empty(await ViewsAsync(views => views.AllAsync(one, "nghia-vu", default)));
        await ViewsAsync(async views => { await views.DropAsync(other, "ho-so", "Trễ hạn", default); await views.DropAsync(one, "ho-so", "Của tôi", default); return 0; });
        Assert.Equal(["Trễ hạn"], (await ViewsAsync(views => views.AllAsync(one, "ho-so", default))).Select(view => view.Name));
    }

    [Fact]
    public async Task View_WithoutNameOrOneTooMany_IsRefused()
    {
        var one = await portal.AccountAsync("view-many", Role.Manager, "SONNMT");
        Assert.False(await ViewsAsync(views => views.SaveAsync(one, "l", new("  ", ""), default)));
        Assert.False(await ViewsAsync(views => views.SaveAsync(one, "l", new(new string('x', ListViews.NameCap + 1), ""), default)));
        for (var at = 0; at < ListViews.Cap; at++)
            Assert.True(await ViewsAsync(views => views.SaveAsync(one, "l", new($"v{at}", ""), default)));
        Assert.False(await ViewsAsync(views => views.SaveAsync(one, "l", new("one more", ""), default)));
        Assert.True(await ViewsAsync(views => views.SaveAsync(one, "l", new("v3", "order=x"), default)));
    }

    private Task<T> AsAsync<T>(Func<Drafts, Task<T>> act) => portal.WithAsync<Drafts, T>(act);

    private Task<T> ViewsAsync<T>(Func<ListViews, Task<T>> act) => portal.WithAsync<ListViews, T>(act);
}

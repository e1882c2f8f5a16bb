using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The map as a manager uses it.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class MapWalks(BrowserPortal portal)
{
    [Fact]
    public Task Map_ByKeyboardAlone_LeadsFromTheListToTheRowOfTheSheet() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenMapAsync("/?group=a");
        await visitor.TabToAsync(visitor.Rows.First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        await Expect(visitor.Panel).ToContainTextAsync("lần giới hạn");
        await visitor.TabToAsync(visitor.Panel.GetByRole(AriaRole.Combobox));
        await page.Keyboard.PressAsync("ArrowDown");
        await visitor.TabToAsync(visitor.Panel.GetByRole(AriaRole.Rowheader).First.GetByRole(AriaRole.Button));
        await page.Keyboard.PressAsync("Enter");
        var why = visitor.Panel.GetByRole(AriaRole.List);
        await Expect(why).ToContainTextAsync("Điều khoản");
        await Expect(why).ToContainTextAsync("QCVN");
        await Expect(why).ToContainTextAsync(new Regex(@"MAU-.*\.csv, dòng \d+"));
        await Expect(visitor.Panel.Locator(".plot canvas")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Map_Filters_NarrowListAndSitesAndBackUndoesOne() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenMapAsync();
        var whole = await visitor.ListState.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước thải", Exact = true }).ClickAsync();
        await Expect(visitor.ListState).ToContainTextAsync("trong");
        var media = await visitor.ListState.InnerTextAsync();
        await visitor.ChooseAsync("Nhóm", "(c)");
        await Expect(visitor.ListState).Not.ToHaveTextAsync(media);
        var groups = await visitor.ListState.InnerTextAsync();
        await visitor.ChooseAsync("Cơ quan", "Công ty mẫu A");
        await Expect(visitor.ListState).Not.ToHaveTextAsync(groups);
        await Expect(page).ToHaveURLAsync(new Regex(@"/\?medium=wastewater&group=c&organisation=MAU-A$"));
        await page.GoBackAsync();
        await Expect(visitor.ListState).ToHaveTextAsync(groups);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Khu vực" }).ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item").Nth(1).ClickAsync();
        // As long as what is offered lies over the page, a click only puts it away.
        await Expect(page.Locator(".mud-popover-open, .mud-overlay")).ToHaveCountAsync(0);
        await Expect(visitor.ListState).Not.ToHaveTextAsync(groups);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ lọc" }).ClickAsync();
        await Expect(visitor.ListState).ToHaveTextAsync(whole);
    });

    [Fact]
    public Task Map_CampaignsAndStandard_ChangeWhatIsShown() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenMapAsync("/?group=a&medium=sea_water");
        var campaigns = page.GetByRole(AriaRole.Region, new() { Name = "Các đợt quan trắc" });
        await Expect(campaigns.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kết quả mới nhất của từng điểm");
        await campaigns.GetByRole(AriaRole.Group).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("campaign="));
        await Expect(campaigns.GetByRole(AriaRole.Status)).ToContainTextAsync("điểm vượt");
        var first = page.Url;
        await campaigns.GetByRole(AriaRole.Button, new() { Name = "Đợt sau" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(first);
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(first);
        await page.GetByRole(AriaRole.Button, new() { Name = "Quy chuẩn của kỳ" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("view=day"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Quy chuẩn của kỳ" })).ToHaveAttributeAsync("aria-pressed", "true");
        await campaigns.GetByRole(AriaRole.Button, new() { Name = "Mới nhất" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("campaign="));
    });

    [Fact]
    public Task Search_WithoutDiacritics_FindsTheSite() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync();
        await visitor.Page.Keyboard.PressAsync("/");
        await Expect(visitor.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("bai chay");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.List).ToContainTextAsync("Luồng vào cảng Cái Lân tại cầu Bãi Cháy");
        await visitor.Page.GetByRole(AriaRole.Searchbox).FillAsync("khong co diem nay");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.List).ToContainTextAsync("Không có điểm nào khớp bộ lọc");
    });

    [Fact]
    public Task Address_InASecondBrowser_ShowsTheSame() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/?group=b");
        Assert.True(await visitor.CountColouredAsync("#2f7f8f", "#8fc3c0", "#3333ff", "#00e400", "#2b6a4d", "#7fae6a") > 20);
        await visitor.Rows.Nth(2).ClickAsync();
        var heading = visitor.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 });
        await Expect(heading).ToBeVisibleAsync();
        var (address, site, state) = (visitor.Page.Url, await heading.InnerTextAsync(), await visitor.ListState.InnerTextAsync());
        await portal.WalkAsync("admin", async second =>
        {
            await second.OpenMapAsync(address);
            await Expect(second.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(site);
            await Expect(second.ListState).ToHaveTextAsync(state);
        });
        // A site that an account may not see is not there for it, whatever the address says.
        await portal.WalkAsync("guest", async stranger =>
        {
            await stranger.OpenMapAsync("/?site=NB99");
            await Expect(stranger.Panel).ToContainTextAsync("Không tìm thấy điểm này");
        });
    });

    [Fact]
    public Task Map_ClickOnASite_OpensItsPanelAndBorderCanBeShown() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/?q=MAU-NM01");
        // The only site shown lies in the middle of what is free of the map: found as a person does, by moving over it.
        await visitor.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Biên giới" }).CheckAsync();
        await Expect(visitor.Page.GetByText("© OpenStreetMap contributors (ODbL)")).ToBeVisibleAsync();
        var (x, y) = await visitor.FindColouredAsync();
        await visitor.Page.Mouse.MoveAsync(x, y);
        await Expect(visitor.Page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("MAU-NM01");
        await visitor.Page.Mouse.ClickAsync(x, y);
        await Expect(visitor.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("MAU-NM01");
        await visitor.Panel.GetByRole(AriaRole.Button, new() { Name = "Đóng" }).ClickAsync();
        await Expect(visitor.Panel).Not.ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Map_WithASiteChosen_IsAccessible(int width, int height) => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/?group=a");
        if (width < 760)
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Danh sách và bộ lọc" }).ClickAsync();
            // Under filters and legend the list may begin below the screen, where it does not fill itself in: a person scrolls to it.
            await visitor.ListState.ScrollIntoViewIfNeededAsync();
            await Expect(visitor.Rows.First).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"map-list-{width}");
        }
        await visitor.Rows.First.ClickAsync();
        await Expect(visitor.Panel).ToContainTextAsync("Điều khoản");
        await Expect(visitor.Panel.Locator(".plot canvas")).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
    }, width, height);

    [Fact]
    public Task Map_InEnglish_SaysWhyInEnglish() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/language?culture=en&returnUrl=%2F%3Fgroup%3Da");
        var list = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "List of sites" });
        await list.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button).First.ClickAsync();
        var panel = visitor.Page.GetByRole(AriaRole.Complementary, new() { Name = "Chosen site" });
        await Expect(panel).ToContainTextAsync("Clause");
        await Expect(panel).ToContainTextAsync("times the limit");
        await Expect(panel.Locator(".plot canvas")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("Manager account")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Department of Agriculture and Environment");
    });
}

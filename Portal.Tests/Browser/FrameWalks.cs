using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The frame that every page stands in: bar, rail, the note on sample data, and what is there before anything else is.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class FrameWalks(BrowserPortal portal)
{
    private const string Sample = "Dữ liệu mẫu";

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(1440, 900)]
    [InlineData(1920, 1080)]
    public Task Bar_OfAnOffice_HasAWideSearchAndTheOrganisationOnOneLine(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        await visitor.Page.GotoAsync("/duties");
        var search = await BoxAsync(visitor.Page.GetByRole(AriaRole.Searchbox));
        Assert.InRange(search.Width, 520, 560);
        var who = visitor.Page.Locator(".who");
        await Expect(who).ToContainTextAsync("Tài khoản quản trị");
        await Expect(who).ToHaveAttributeAsync("title", "Trung tâm Công nghệ thông tin, tài nguyên và môi trường");
        Assert.InRange((await BoxAsync(who)).Height, 20, 40);
        await NothingCutAsync(visitor.Page);
    }, width, height);

    [Theory]
    [InlineData("admin", 390)]
    [InlineData("guest", 390)]
    [InlineData("company", 390)]
    [InlineData("admin", 768)]
    [InlineData("company", 1024)]
    public Task Bar_OnASmallScreen_StillSaysWhoOneIs(string account, int width) => portal.WalkAsync(account, async visitor =>
    {
        await visitor.Page.GotoAsync("/");
        foreach (var part in (string[])[".who span", ".who small"])
            Assert.InRange((await BoxAsync(visitor.Page.Locator(part))).Width, 60, width);
        Assert.InRange((await BoxAsync(visitor.Page.Locator(".product img"))).Width, 24, 40);
        await NothingCutAsync(visitor.Page);
    }, width, 844);

    [Fact]
    public Task Rail_OfAPhone_HasItsLastPagesBehindMoreAndTheOpenOneInSight() => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/operations");
        var rail = page.GetByRole(AriaRole.Navigation, new() { Name = "Các trang" });
        await Expect(rail.GetByRole(AriaRole.Link)).ToHaveCountAsync(4);
        await Expect(rail.GetByRole(AriaRole.Link, new() { Name = "Vận hành" })).ToBeInViewportAsync(new() { Ratio = 1 });
        var more = rail.GetByRole(AriaRole.Button, new() { Name = "Thêm" });
        await Expect(more).ToBeInViewportAsync(new() { Ratio = 1 });
        await more.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var all = page.GetByRole(AriaRole.Group, new() { Name = "Tất cả các trang" });
        await Expect(all.GetByRole(AriaRole.Link)).ToHaveCountAsync(8);
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("rail-more-390");
        await page.Keyboard.PressAsync("Escape");
        await Expect(all).Not.ToBeVisibleAsync();
        await Expect(more).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(all.GetByRole(AriaRole.Link).First).ToBeFocusedAsync();
        await all.GetByRole(AriaRole.Link, new() { Name = "Hỗ trợ" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
        await Expect(all).Not.ToBeVisibleAsync();
        await Expect(rail.GetByRole(AriaRole.Link, new() { Name = "Hỗ trợ" })).ToHaveClassAsync("here");
        await Expect(rail.GetByRole(AriaRole.Link, new() { Name = "Hỗ trợ" })).ToBeInViewportAsync();
    }, 390, 844);

    [Fact]
    public Task Rail_OfFewPages_HasNoMore() => portal.WalkAsync("guest", async visitor =>
    {
        await visitor.Page.GotoAsync("/");
        var rail = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Các trang" });
        await Expect(rail.GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await Expect(rail.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }, 390, 844);

    // Interactive pages and pages of one request alike.
    [Theory]
    [InlineData("manager", "/duties", "/standards")]
    [InlineData(null, "/sign-in", "/ask-account")]
    public Task Banner_PutAway_StaysAwayUntilTheChipBringsItBack(string? account, string first, string second) => portal.WalkAsync(account, async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync(first);
        var banner = page.GetByRole(AriaRole.Complementary, new() { Name = Sample });
        var chip = page.GetByRole(AriaRole.Button, new() { Name = Sample, Exact = true });
        await Expect(banner).ToContainTextAsync("không có thật");
        await banner.GetByRole(AriaRole.Button, new() { Name = "Ẩn thông báo này" }).ClickAsync();
        await Expect(banner).Not.ToBeVisibleAsync();
        await Expect(chip).ToBeFocusedAsync();
        await page.GotoAsync(second);
        await Expect(chip).ToBeVisibleAsync();
        await Expect(banner).Not.ToBeVisibleAsync();
        // Paper leaves the portal: there it is said in any case.
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".demo-banner")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await chip.PressAsync("Enter");
        await Expect(banner).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(banner).ToBeVisibleAsync();
    });

    [Fact]
    public Task Page_BeforeItsCircuit_ShowsTheOutlinesOfTheFrame() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        var frame = page.Locator(".first-frame");
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/blazor.web*.js", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(frame.Locator(".bone").First).ToBeVisibleAsync();
        await visitor.PictureAsync("first-frame");
        go.SetResult();
        await Expect(page.GetByRole(AriaRole.Banner)).ToBeVisibleAsync();
        await Expect(frame).Not.ToBeVisibleAsync();
    });

    [Fact]
    public Task Search_OnASlowLine_LosesNoLetter() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.emulateNetworkConditions",
            new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 1_500_000 / 8, ["uploadThroughput"] = 1_500_000 / 8 });
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });
        var search = page.GetByRole(AriaRole.Searchbox);
        // As soon as it stands, while map, list and notices still come in.
        await search.FocusAsync();
        await search.PressSequentiallyAsync("cau bai chay ha long", new() { Delay = 40 });
        await Expect(search).ToHaveValueAsync("cau bai chay ha long");
        await Expect(visitor.Rows.First).ToBeVisibleAsync();
        await Expect(search).ToHaveValueAsync("cau bai chay ha long");
        // What is typed on while the answer is on its way stays, too; and so does what stands there when something else is filtered by.
        await search.FillAsync("bai");
        await search.PressAsync("Enter");
        await search.PressSequentiallyAsync(" chay", new() { Delay = 40 });
        await Expect(page).ToHaveURLAsync(new Regex(@"\?q=bai$"));
        await Expect(visitor.ListState).ToContainTextAsync("trong");
        await Expect(search).ToHaveValueAsync("bai chay");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước mặt", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("medium=surface_water"));
        await page.WaitForTimeoutAsync(1000);
        await Expect(search).ToHaveValueAsync("bai chay");
    });

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator part)
    {
        await Expect(part).ToBeVisibleAsync();
        return (await part.BoundingBoxAsync())!;
    }

    // Nothing of the bar lies beyond the edge or on its neighbour.
    private static async Task NothingCutAsync(IPage page)
    {
        var boxes = await page.EvaluateAsync<float[][]>(
            """
            [...document.querySelectorAll('header.top-bar > *')].map(part => part.getBoundingClientRect()).filter(box => box.width)
              .map(box => [box.left, box.top, box.right, box.bottom])
            """);
        Assert.True(boxes.Length > 4);
        Assert.All(boxes, box => Assert.InRange(box[2], 0, page.ViewportSize!.Width));
        Assert.All(boxes, box => Assert.DoesNotContain(boxes, other =>
            other != box && other[0] < box[2] - 1 && box[0] < other[2] - 1 && other[1] < box[3] - 1 && box[1] < other[3] - 1));
    }
}

using Microsoft.Playwright;
using QuanTrac.Portal.Features.Demo;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Coming in, going out, and the pages around.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class DoorWalks(BrowserPortal portal)
{
    [Fact]
    public Task SignIn_WrongThenRight_LeadsToThePageThatWasAskedFor() => portal.WalkAsync(null, async visitor =>
    {
        await visitor.Page.GotoAsync("/intake?state=draft");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Đăng nhập" })).ToBeVisibleAsync();
        await visitor.FillInAsync("manager", "not this one");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("không đúng");
        await Expect(visitor.Page.GetByLabel("Tên đăng nhập")).ToHaveValueAsync("manager");
        await visitor.FillInAsync("manager", DemoAccounts.Password);
        await visitor.Page.WaitForURLAsync("**/intake?state=draft");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Nhập dữ liệu" })).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("admin", "Tài khoản quản trị")]
    [InlineData("admin2", "Tài khoản quản trị")]
    [InlineData("manager", "Tài khoản quản lý")]
    [InlineData("halong", "Tài khoản quản lý")]
    [InlineData("fisheries", "Tài khoản quản lý")]
    [InlineData("parent", "Tài khoản quản lý")]
    [InlineData("company", "Tài khoản quản lý")]
    [InlineData("guest", "Tài khoản khách")]
    public Task SignIn_EachDemoAccount_SeesItsGroupAndItsOwnSites(string account, string group) => portal.WalkAsync(null, async visitor =>
    {
        await visitor.SignInAsync(account, DemoAccounts.Password);
        if (group == "Tài khoản quản trị")
            await visitor.FillInCodeAsync(await portal.CodeAsync(account));
        await Expect(visitor.Page.GetByText(group)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Dữ liệu mẫu", Exact = true })).ToBeVisibleAsync();
        // Some begin on a page of their own.
        await visitor.Page.GotoAsync("/");
        var layer = await (await visitor.Page.Context.APIRequest.GetAsync("/map/sites")).JsonAsync();
        var own = layer!.Value.GetProperty("features").GetArrayLength();
        await Expect(visitor.ListState).ToHaveTextAsync($"{own} điểm, xấu nhất trước");
    }, name: $"sign-in-{account}");

    [Fact]
    public Task SignOut_Button_ClosesTheDoor() => portal.WalkAsync(null, async visitor =>
    {
        await visitor.SignInAsync("guest", DemoAccounts.Password);
        visitor.Expect(Visitor.LayerOfWhoLeft);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Đăng nhập" })).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Đăng nhập" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Language_Switch_KeepsThePage() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/?medium=groundwater&site=MAU-NM01");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "EN", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Groundwater", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.EndsWith("/?medium=groundwater&site=MAU-NM01", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "VI", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Nước dưới đất", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
    });

    [Fact]
    public Task NotFound_Address_SaysSoAndLeadsHome() => portal.WalkAsync("manager", async visitor =>
    {
        visitor.Expect("404");
        await visitor.Page.GotoAsync("/khong-co-trang-nay");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Không tìm thấy" })).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Về trang đầu" }).Last.ClickAsync();
        await Expect(visitor.ListState).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task SignInPage_ForEverybody_IsAccessible(int width, int height) => portal.WalkAsync(null, async visitor =>
    {
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.FillInAsync("nobody", "not this one");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
    }, width, height);
}

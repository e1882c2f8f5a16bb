using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>From the first page down to one discharge point, and through the matrix.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class OverviewWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Parent_FromTheSubsidiaryToADischargePoint_ReachesTheMap(int width, int height) => portal.WalkAsync("parent", async visitor =>
    {
        await visitor.Page.GotoAsync("/overview");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Tập đoàn mẫu" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("2 đơn vị trực thuộc");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"overview-parent-{width}");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Công ty mẫu A", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Công ty mẫu A" })).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"overview-unit-{width}");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Bản đồ: MAU-NT03" }).ClickAsync();
        await Expect(visitor.Panel).ToContainTextAsync("MAU-NT03");
        Assert.EndsWith("/?organisation=MAU-A&site=MAU-NT03", visitor.Page.Url, StringComparison.Ordinal);
    }, width, height);

    [Theory]
    [InlineData("parent", "/overview/MAU-C")]
    [InlineData("company", "/overview/MAU-TD")]
    [InlineData("halong", "/overview/MAU-A")]
    [InlineData("guest", "/overview")]
    public Task Overview_OfWhatIsNotTheirs_IsNotThere(string account, string address) => portal.WalkAsync(account, async visitor =>
    {
        await visitor.Page.GotoAsync(address);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Không tìm thấy" })).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Board_SortedByName_KeepsItInTheAddress(int width, int height) => portal.WalkAsync("halong", async visitor =>
    {
        await visitor.Page.GotoAsync("/overview");
        var rows = visitor.Page.GetByRole(AriaRole.Rowheader);
        // The spring at MAU-VB05 is the worst of the bay.
        await Expect(rows.First).ToContainTextAsync("MAU-VB05");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"overview-board-{width}");
        await visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Điểm quan trắc" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(rows.First).Not.ToContainTextAsync("MAU-VB05");
        await Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Điểm quan trắc" })).ToHaveAttributeAsync("aria-sort", "ascending");
        Assert.EndsWith("/overview?sort=name", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.GoBackAsync();
        await Expect(rows.First).ToContainTextAsync("MAU-VB05");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "MAU-VB05, Quý 3/2026: vượt giới hạn" }).ClickAsync();
        await Expect(visitor.Panel).ToContainTextAsync("MAU-VB05");
        Assert.Contains("campaign=MAU-A-VB-2026-Q3", visitor.Page.Url, StringComparison.Ordinal);
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Fisheries_Areas_ShowRangesByCommune(int width, int height) => portal.WalkAsync("fisheries", async visitor =>
    {
        await visitor.Page.GotoAsync("/overview");
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Đặc khu Vân Đồn" })).ToContainTextAsync("6 điểm");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Điểm quan trắc theo đợt" })).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"overview-fisheries-{width}");
    }, width, height);
}

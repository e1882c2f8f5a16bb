using Microsoft.Playwright;
using QuanTrac.Portal.Data.Cluster;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The database goes away while somebody is at work, and comes back.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class AwayWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public Task Typing_WhileTheDatabaseGoesAndComesBack_LosesNothing(int width, int height) => portal.WalkAsync("company", async visitor =>
    {
        var (page, words) = (visitor.Page, $"Không tải được biểu mẫu {width}");
        await page.GotoAsync("/desk/new");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sự cố" }).CheckAsync();
        await page.GetByLabel("Tiêu đề").FillAsync(words);
        await page.GetByLabel("Điều gì đã xảy ra?").FillAsync(words);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Nghiêm trọng" }).CheckAsync();
        await page.GetByLabel("Lẽ ra phải thế nào").FillAsync(words);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Dữ liệu bị ảnh hưởng" }).FillAsync(words);
        await Expect(page.GetByText("Báo cáo ban đầu tới cơ quan chuyên trách")).ToBeVisibleAsync();
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Gửi Trung tâm" });
        try
        {
            portal.Wire.Break();
            await send.DispatchEventAsync("click");
            var panel = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Cơ sở dữ liệu tạm thời không trả lời" });
            await Expect(panel).ToContainTextAsync("Việc đang làm trên trang còn nguyên.");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"away-panel-{width}");

            var other = await page.Context.NewPageAsync();
            await other.GotoAsync("/desk");
            await Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cơ sở dữ liệu tạm thời không trả lời");
            await other.ScreenshotAsync(new() { Path = Path.Combine(PortalHome.Folder, "TestResults", "pictures", $"away-page-{width}.png") });

            portal.Wire.Mend();
            var back = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Cơ sở dữ liệu đã trả lời lại" });
            await Expect(back).ToContainTextAsync("Việc vừa bấm chưa rõ đã được ghi nhận hay chưa.");
            await visitor.PictureAsync($"away-back-{width}");
            await back.GetByRole(AriaRole.Button, new() { Name = "Ở lại trang" }).ClickAsync();
            await Expect(back).ToBeHiddenAsync();
            await Expect(page.GetByLabel("Tiêu đề")).ToHaveValueAsync(words);
            await Expect(page.GetByLabel("Điều gì đã xảy ra?")).ToHaveValueAsync(words);
            // The page that could not be shown comes by itself.
            await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Gửi yêu cầu mới" })).ToBeVisibleAsync();
        }
        finally
        {
            portal.Wire.Mend();
        }
        await send.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(words);
        // One line for the beginning of the fault is meant.
        Assert.All(portal.Faults.Take(), line => Assert.Contains("The database is away", line, StringComparison.Ordinal));
    }, width, height);
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>A facility asks, the Centre answers, the facility hears of it and closes.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class DeskWalks(BrowserPortal portal)
{
    // What would do something, were it anything but text.
    private const string Markup = "<img src=x onerror=alert(1)><b>đậm</b>";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Desk_AskedAnsweredAndClosed_IsAccessibleAllTheWay(int width, int height)
    {
        var address = "";
        var title = $"{Markup} {width}";
        await portal.WalkAsync("company", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/desk");
            await page.GetByRole(AriaRole.Link, new() { Name = "Gửi yêu cầu mới" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Gửi Trung tâm" }).ClickAsync();
            await Expect(page.GetByText("Hãy ghi tiêu đề")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Radio, new() { Name = "Sự cố" }).CheckAsync();
            await page.GetByLabel("Tiêu đề").FillAsync(title);
            await page.GetByLabel("Điều gì đã xảy ra?").FillAsync(Markup);
            await page.GetByLabel("Lẽ ra phải thế nào").FillAsync(Markup);
            await page.GetByRole(AriaRole.Radio, new() { Name = "Nghiêm trọng" }).CheckAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Dữ liệu bị ảnh hưởng" }).FillAsync(Markup);
            await Expect(page.GetByText("Báo cáo ban đầu tới cơ quan chuyên trách")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"desk-new-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Gửi Trung tâm" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
            await page.GetByText("Đính kèm tệp").ClickAsync();
            await page.GetByLabel("Tệp đính kèm").SetInputFilesAsync(new FilePayload { Name = "anh.png", MimeType = "image/png", Buffer = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] });
            await page.GetByRole(AriaRole.Button, new() { Name = "Gửi tệp" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "anh.png" })).ToBeVisibleAsync();
            await Expect(page.Locator("main img, main b")).ToHaveCountAsync(0);
            await visitor.CheckAccessibilityAsync();
            address = new Uri(page.Url).AbsolutePath;
        }, width, height);
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/desk");
            await page.GetByRole(AriaRole.Button, new() { Name = "Tất cả", Exact = true }).ClickAsync();
            await page.GetByLabel("Tìm theo").FillAsync($"đậm</b> {width}");
            await page.GetByLabel("Tìm theo").PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Hiện 1 trong");
            await visitor.CheckAccessibilityAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
            var report = page.GetByRole(AriaRole.Form, new() { Name = "Đã báo cáo: Báo cáo ban đầu" });
            await report.GetByLabel("Số, ký hiệu văn bản").FillAsync("15/BC-TT");
            await report.GetByRole(AriaRole.Button, new() { Name = "Đã báo cáo" }).ClickAsync();
            await Expect(page.GetByText("văn bản 15/BC-TT")).ToBeVisibleAsync();
            await page.GetByLabel("Nội dung trả lời").FillAsync($"Đã khôi phục. {Markup}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Gửi trả lời" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã trả lời");
            await Expect(page.Locator("main img, main b")).ToHaveCountAsync(0);
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"desk-answered-{width}");
        }, width, height);
        await portal.WalkAsync("company", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/notices");
            var notice = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Đã trả lời SC-" }).Filter(new() { HasText = title });
            await Expect(notice).ToBeVisibleAsync();
            await Expect(page.Locator("main img, main b")).ToHaveCountAsync(0);
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Button, new() { Name = "Xác nhận đã xong, đóng" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã đóng");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mở lại" })).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
        }, width, height);
    }

    [Fact]
    public Task Desk_OfAGuest_HasOnlyItsOwn() => portal.WalkAsync("guest", async visitor =>
    {
        await visitor.Page.GotoAsync("/desk");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Tất cả", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Mẫu: đề nghị thêm đường dẫn") })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("SC-")).ToHaveCountAsync(0);
        await visitor.CheckAccessibilityAsync();
        await visitor.Page.GotoAsync("/desk/1");
        await visitor.Page.GotoAsync("/desk/new?kind=incident&reference=%22%3E%3Cb%3Eab12");
        await Expect(visitor.Page.GetByLabel("Mã lỗi trên màn hình")).ToHaveValueAsync("\"><b>ab12");
    });
}

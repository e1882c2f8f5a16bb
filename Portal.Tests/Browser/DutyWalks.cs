using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

[Collection(nameof(BrowserPortal))]
public sealed class DutyWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Duties_EachView_OpensAndIsAccessible(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        await visitor.Page.GotoAsync("/duties");
        foreach (var view in new[] { "Việc của tôi", "Đơn vị chậm nộp", "Lịch tháng", "Lịch năm", "Danh mục nghĩa vụ" })
        {
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = view, Exact = true }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = view, Exact = true })).ToHaveAttributeAsync("aria-current", "page");
            await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToBeAttachedAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"duties-{view.Replace('?', ' ').Trim()}-{width}");
        }
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Board_OfALateDuty_OpensItsDialogAndComesBack(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/duties?view=board");
        var detail = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Chi tiết: ") }).First;
        await Expect(detail).ToBeVisibleAsync();
        var late = await page.Locator(".portal-grid p.state").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tất cả", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("state=all"));
        // A row of the list before goes when the next one comes, and what was pressed on it with it.
        await Expect(page.Locator(".portal-grid p.state")).Not.ToHaveTextAsync(late);
        await detail.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Văn bản cần nộp");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"duties-dialog-{width}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Đang chậm" })).ToHaveAttributeAsync("aria-pressed", "true");
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Month_OfDuties_IsTurnedByItsAddressAndOpensADuty(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/duties?view=month&month=2026-11");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tháng sau" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("month=2026-12$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tháng 12/2026" })).ToBeVisibleAsync();
        // On a phone it is a list, for seven columns hold no words there.
        var first = width > 760 ? page.Locator(".rz-event").First : page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button).First;
        await Expect(first).ToContainTextAsync("đã nộp");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"duties-month-{width}");
        await first.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ngày cuối đúng hạn");
        await visitor.CheckAccessibilityAsync();
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task BackupsAndRestore_ForAnAdministrator_OpenAndAreAccessible(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        foreach (var (address, title) in new[] { ("/operations/backups", "Sao lưu"), ("/operations/restore", "Khôi phục") })
        {
            await visitor.Page.GotoAsync(address);
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(title);
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"{address[12..]}-{width}");
        }
    }, width, height);
}

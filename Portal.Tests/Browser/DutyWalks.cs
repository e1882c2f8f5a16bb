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
        foreach (var view in new[] { "Việc của tôi", "Đơn vị chậm nộp", "Lịch năm", "Danh mục nghĩa vụ" })
        {
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = view }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = view })).ToHaveAttributeAsync("aria-current", "page");
            await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToBeAttachedAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"duties-{view.Replace('?', ' ').Trim()}-{width}");
        }
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

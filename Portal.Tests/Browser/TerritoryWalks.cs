using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

[Collection(nameof(BrowserPortal))]
public sealed class TerritoryWalks(BrowserPortal portal)
{
    // About Hạ Long and the bay, in corners of the map from its upper left.
    private static readonly (float X, float Y)[] Triangle = [(0.3f, 0.35f), (0.6f, 0.4f), (0.45f, 0.75f)];

    [Theory]
    [InlineData(1440, 900, "CATINH")]
    [InlineData(390, 844, "BQLKKT")]
    public Task Territory_DrawnAsATriangle_ShowsItsEffectAndIsThereOnceConfirmed(int width, int height, string organisation) => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync($"/organisations/territories?organisation={organisation}");
        await Expect(page.Locator(".leaflet-sites-pane canvas")).ToBeAttachedAsync();
        await visitor.CheckAccessibilityAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Vẽ", Exact = true }).ClickAsync();
        var map = page.GetByRole(AriaRole.Application);
        await map.ScrollIntoViewIfNeededAsync();
        var box = (await map.BoundingBoxAsync())!;
        foreach (var (x, y) in Triangle)
        {
            await page.Mouse.MoveAsync(box.X + (box.Width * x), box.Y + (box.Height * y));
            await page.Mouse.ClickAsync(box.X + (box.Width * x), box.Y + (box.Height * y));
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Khép hình" }).ClickAsync();
        await Expect(page.GetByText("Diện tích hình mới")).ToBeVisibleAsync();
        await visitor.PictureAsync($"territory-drawn-{width}");

        await page.GetByLabel("Số, ký hiệu").FillAsync("15/QĐ-T");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Ngày văn bản" }).FillAsync("05/01/2026");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Có hiệu lực từ ngày" }).FillAsync("10/01/2026");
        await page.GetByLabel("Bản quét văn bản").SetInputFilesAsync(new FilePayload { Name = "quyet-dinh.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4"u8.ToArray() });
        await Expect(page.GetByText("Đã nhận: quyet-dinh.pdf")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem ảnh hưởng" }).ClickAsync();
        var confirm = page.GetByRole(AriaRole.Button, new() { Name = "Thực hiện thay đổi", Exact = true });
        await Expect(confirm).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        // Half the province, asked for with numbers.
        var sure = page.GetByLabel("Đúng, địa bàn rộng như vậy theo văn bản");
        if (await sure.IsVisibleAsync())
            await sure.CheckAsync();
        await confirm.ClickAsync();

        await Expect(page.GetByText("vào sổ.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bãi bỏ Địa bàn của" })).ToBeVisibleAsync();
    }, width, height);

    [Fact]
    public Task Boundaries_WrongFile_IsRefusedInWords() => portal.WalkAsync("admin", async visitor =>
    {
        await visitor.Page.GotoAsync("/organisations/territories");
        await visitor.Page.GetByLabel("Tệp GeoJSON").SetInputFilesAsync(new FilePayload
        {
            Name = "noi.geojson", MimeType = "application/geo+json",
            Buffer = """{"type":"Polygon","coordinates":[[[107.0,20.9],[107.1,21.0],[107.1,20.9],[107.0,21.0],[107.0,20.9]]]}"""u8.ToArray(),
        });
        await Expect(visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "không ghi hệ tọa độ" })).ToBeVisibleAsync();
        await visitor.ChooseAsync("Hệ tọa độ", "WGS 84 (độ)");
        // The lines cross in the middle.
        await Expect(visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "tự cắt hoặc chồng lên nhau tại (107,05; 20,95)" })).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
    });

    [Fact]
    public Task Territories_ForAManager_AreRefused() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.Page.GotoAsync("/organisations/territories");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Địa bàn và ranh giới");
        await Expect(visitor.Page.GetByLabel("Tệp GeoJSON")).ToHaveCountAsync(0);
    });
}

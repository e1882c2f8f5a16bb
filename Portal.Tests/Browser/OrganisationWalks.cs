using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

[Collection(nameof(BrowserPortal))]
public sealed class OrganisationWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData("vi", 1440, 900)]
    [InlineData("vi", 390, 844)]
    [InlineData("en", 1440, 900)]
    public Task Organisations_EachPage_OpensAndIsAccessible(string language, int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        await visitor.Page.GotoAsync($"/language?culture={language}&returnUrl=%2Forganisations");
        foreach (var (name, address) in new[]
        {
            ("tree", "/organisations?day=2023-06-01&text=cam+pha"), ("district", "/organisations/H195"), ("department", "/organisations/SONNMT"),
            ("site", "/organisations/who-sees?view=site&site=NB15&group=a"), ("account", "/organisations/who-sees?view=account&account=halong"),
            ("lists", "/organisations/lists"), ("changes", "/organisations/changes"), ("import", "/organisations/import"),
        })
        {
            await visitor.Page.GotoAsync(address);
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(visitor.Page.GetByText(language == "vi" ? "Đang đọc…" : "Reading…", new() { Exact = true })).ToHaveCountAsync(0);
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"organisations-{name}-{language}-{width}");
        }
        await visitor.Page.GotoAsync("/language?culture=vi&returnUrl=%2Forganisations");
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Tree_Folded_HidesWhatStandsUnderIt(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/organisations?day=2026-03-01");
        var (company, subsidiary) = (page.GetByRole(AriaRole.Link, new() { Name = "Tập đoàn mẫu" }), page.GetByRole(AriaRole.Link, new() { Name = "Công ty mẫu A" }));
        await ScrollToAsync(page, subsidiary);
        var fold = page.GetByRole(AriaRole.Button, new() { Name = "Tổ chức trực thuộc Tập đoàn mẫu" });
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "true");
        await fold.PressAsync("Enter");
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(fold).ToBeFocusedAsync();
        await Expect(subsidiary).ToHaveCountAsync(0);
        await company.ScrollIntoViewIfNeededAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"organisations-folded-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mở tất cả" }).ClickAsync();
        await ScrollToAsync(page, subsidiary);
    }, width, height);

    // Rows are there only where one has scrolled to; where they came too late the list is gone through again.
    private static async Task ScrollToAsync(IPage page, ILocator row)
    {
        var list = page.Locator(".portal-grid .mud-table-container");
        await Expect(list.Locator("tbody a").First).ToBeVisibleAsync();
        for (var step = 0; step < 60 && !await row.IsVisibleAsync(); step++)
        {
            await list.EvaluateAsync("list => list.scrollTop + list.clientHeight >= list.scrollHeight - 1 ? list.scrollTo(0, 0) : list.scrollBy(0, list.clientHeight / 2)");
            await page.WaitForTimeoutAsync(150);
        }
        await Expect(row).ToBeVisibleAsync();
    }

    [Fact]
    public Task Change_WithItsDocument_ShowsItsEffectAndIsInTheRegister() => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/organisations/MAU-B");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đổi đơn vị chủ quản" }).ClickAsync();
        await visitor.ChooseAsync("Đơn vị chủ quản", "Không thuộc đơn vị nào");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem ảnh hưởng" }).ClickAsync();
        await Expect(page.GetByText("Ghi số và ngày của văn bản")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Số, ký hiệu")).ToBeFocusedAsync();
        await page.GetByLabel("Số, ký hiệu").FillAsync("07/QĐ-MẪU");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Ngày văn bản" }).FillAsync("05/01/2026");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Có hiệu lực từ ngày" }).FillAsync("01/01/2090");
        await page.GetByLabel("Bản quét văn bản").SetInputFilesAsync(new FilePayload { Name = "quyet dinh.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4"u8.ToArray() });
        await Expect(page.GetByText("Đã nhận: quyet dinh.pdf")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem ảnh hưởng" }).ClickAsync();
        var effect = page.GetByRole(AriaRole.Region, new() { Name = "Ai được thêm, ai mất quyền xem" });
        await Expect(effect.GetByRole(AriaRole.Row).Filter(new() { HasText = "Tập đoàn mẫu" })).ToContainTextAsync("điểm");
        await effect.ScrollIntoViewIfNeededAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("organisation-change-effect");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thực hiện thay đổi" }).ClickAsync();
        await Expect(page.GetByText("vào sổ.")).ToBeVisibleAsync();
        await Expect(page.GetByText("đến 31/12/2089")).ToBeVisibleAsync();
        await page.GotoAsync("/organisations/changes");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "07/QĐ-MẪU" })).ToContainTextAsync("MAU-B không còn thuộc đơn vị nào");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem: 07/QĐ-MẪU" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("hiệu lực từ 01/01/2090");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("organisation-register");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    });

    [Theory]
    [InlineData("company")]
    [InlineData("parent")]
    [InlineData("halong")]
    public Task WhoSees_FromTheScope_TellsOneselfAndNoOther(string account) => portal.WalkAsync(account, async visitor =>
    {
        await visitor.Page.GotoAsync("/organisations/who-sees?view=account&account=admin");
        await Expect(visitor.Page.GetByText("Không có tài khoản hay tổ chức admin")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("/organisations/who-sees");
        await Expect(visitor.Page.GetByText($"({account}) xem")).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.Page.GotoAsync("/organisations");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Thêm tổ chức" })).Not.ToBeVisibleAsync();
        await visitor.PictureAsync($"organisations-of-{account}");
    });
}

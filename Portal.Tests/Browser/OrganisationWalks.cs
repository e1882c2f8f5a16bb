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
            await Expect(visitor.Page.GetByText(language == "vi" ? "Đang tải…" : "Loading…", new() { Exact = true })).Not.ToBeVisibleAsync();
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
        await Expect(subsidiary).ToBeVisibleAsync();
        var fold = page.GetByRole(AriaRole.Button, new() { Name = "Tổ chức trực thuộc Tập đoàn mẫu" });
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "true");
        await fold.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(fold).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(subsidiary).ToHaveCountAsync(0);
        await company.ScrollIntoViewIfNeededAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"organisations-folded-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mở tất cả" }).ClickAsync();
        await Expect(subsidiary).ToBeVisibleAsync();
    }, width, height);

    [Fact]
    public Task Change_WithItsDocument_ShowsItsEffectAndIsInTheRegister() => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/organisations/MAU-B");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đổi đơn vị chủ quản" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Đơn vị chủ quản" }).SelectOptionAsync([new SelectOptionValue { Label = "Không thuộc đơn vị nào" }]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem ảnh hưởng" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Ghi số và ngày của văn bản" })).ToBeVisibleAsync();
        await page.GetByLabel("Số, ký hiệu").FillAsync("07/QĐ-MẪU");
        await page.GetByLabel("Ngày văn bản").FillAsync("2026-01-05");
        await page.GetByLabel("Có hiệu lực từ ngày").FillAsync("2090-01-01");
        await page.GetByLabel("Bản quét văn bản").SetInputFilesAsync(new FilePayload { Name = "quyet dinh.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4"u8.ToArray() });
        await Expect(page.GetByText("Đã nhận: quyet dinh.pdf")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Xem ảnh hưởng" }).ClickAsync();
        var effect = page.GetByRole(AriaRole.Region, new() { Name = "Ai được thêm, ai mất quyền xem" });
        await Expect(effect.GetByRole(AriaRole.Row).Filter(new() { HasText = "Tập đoàn mẫu" })).ToContainTextAsync("điểm");
        await effect.ScrollIntoViewIfNeededAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("organisation-change-effect");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thực hiện thay đổi" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "vào sổ" })).ToBeVisibleAsync();
        await Expect(page.GetByText("đến 31/12/2089")).ToBeVisibleAsync();
        await page.GotoAsync("/organisations/changes");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "07/QĐ-MẪU" })).ToContainTextAsync("MAU-B không còn thuộc đơn vị nào");
        await visitor.PictureAsync("organisation-register");
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
        await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"({account}) xem");
        await visitor.CheckAccessibilityAsync();
        await visitor.Page.GotoAsync("/organisations");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Thêm tổ chức" })).Not.ToBeVisibleAsync();
        await visitor.PictureAsync($"organisations-of-{account}");
    });
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuanTrac.Portal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>A sheet on its way from the agency to the map.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class IntakeWalks(BrowserPortal portal) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task HandIn_SheetWithOddities_IsCheckedSubmittedAcceptedAndOnTheMap() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/intake");
        await visitor.CheckAccessibilityAsync();
        await UploadAsync(page, AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "bien-2021.xlsx")));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("bien-2021.xlsx");
        var problems = page.GetByRole(AriaRole.Region, new() { Name = "Vấn đề", Exact = true });
        await Expect(problems).ToContainTextAsync("Không phải số");
        await Expect(problems).ToContainTextAsync("“ước”");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("submission-1440");
        await GiveReasonsAsync(problems);
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi hồ sơ" }).ClickAsync();
        await Expect(page.GetByText("cần người thứ hai rà soát")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Chấp nhận" })).ToHaveCountAsync(0);
        await portal.WalkAsync("admin", async second =>
        {
            await second.Page.GotoAsync(page.Url);
            await second.CheckAccessibilityAsync();
            await second.Page.GetByRole(AriaRole.Button, new() { Name = "Chấp nhận" }).ClickAsync();
            await Expect(second.Page.GetByText("Đã chấp nhận; 50 kết quả được thêm.")).ToBeVisibleAsync();
        });
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Xem trên bản đồ" }).ClickAsync();
        await Expect(visitor.Rows).ToHaveCountAsync(2);
        await Expect(visitor.Rows.First).ToContainTextAsync("NB1");
        await visitor.Rows.First.ClickAsync();
        await Expect(visitor.Panel).ToContainTextAsync(new Regex("Quý 4/2021"));
        await Expect(visitor.Panel).ToContainTextAsync(new Regex(@"bien-2021\.xlsx, trang “năm 2021”, dòng 7"));
        Assert.True(await visitor.CountColouredAsync("#d9683c", "#e8b04a") > 20);
    });

    [Fact]
    public Task HandIn_RenamedPdf_IsRefusedWithAReason() => portal.WalkAsync("halong", async visitor =>
    {
        visitor.Expect("400");
        await visitor.Page.GotoAsync("/intake");
        await UploadAsync(visitor.Page, folder.Write("bao-cao.xlsx", "%PDF-1.7\n1 0 obj"));
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nội dung của tệp là PDF, ở đây không nhận");
        Assert.EndsWith("/intake", visitor.Page.Url, StringComparison.Ordinal);
    });

    [Fact]
    public Task HandIn_EmptyFile_IsRefusedBeforeItIsSent() => portal.WalkAsync("halong", async visitor =>
    {
        await visitor.Page.GotoAsync("/intake");
        await UploadAsync(visitor.Page, folder.Write("rong.xlsx", ""));
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tệp rỗng");
    });

    [Theory]
    [InlineData("guest", "không nộp dữ liệu")]
    [InlineData("parent", "không nộp tệp")]
    public Task Intake_ByAnAccountThatMayNot_SaysSo(string account, string words) => portal.WalkAsync(account, async visitor =>
    {
        await visitor.Page.GotoAsync("/intake");
        await Expect(visitor.Page.GetByText(words)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("input[type=file]")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Submission_OfAnotherOrganisation_IsNotThere() => portal.WalkAsync("halong", async visitor =>
    {
        await visitor.Page.GotoAsync("/intake/1");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Không tìm thấy hồ sơ" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Intake_OnANarrowScreen_IsAccessible() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/intake");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("intake-390");
        await page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Vấn đề", Exact = true })).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
    }, 390, 844);

    private static async Task UploadAsync(IPage page, string path)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nộp tệp mới" })).ToBeVisibleAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(path);
    }

    private static async Task GiveReasonsAsync(ILocator problems)
    {
        var all = problems.GetByLabel("Lý do chung");
        if (await all.CountAsync() > 0)
        {
            await all.FillAsync("Đã đối chiếu phiếu kết quả");
            await problems.GetByRole(AriaRole.Button, new() { Name = "Dùng một lý do cho tất cả" }).ClickAsync();
        }
        else
        {
            await problems.GetByLabel("Lý do vẫn nhận").FillAsync("Đã đối chiếu phiếu kết quả");
        }
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>A board asks for an account, the Department approves, the Centre grants; the person moves, and the board reviews its list.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class AccountWalks(BrowserPortal portal)
{
    // What would do something, were it anything but text.
    private const string Markup = "<img src=x onerror=alert(1)><b>đậm</b>";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Account_FromLetterToHandover_IsAccessibleAllTheWay(int width, int height)
    {
        var (login, person, address) = ($"nguyen.van.{width}", $"Nguyễn Văn {width} {Markup}", "");
        await portal.WalkAsync("halong", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/accounts");
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("tài khoản");
            await visitor.CheckAccessibilityAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Tạo đề nghị" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Tiếp tục" }).ClickAsync();
            await Expect(page.GetByText("Hãy ghi số, ký hiệu công văn")).ToBeVisibleAsync();
            await page.GetByLabel("Số, ký hiệu công văn").FillAsync("125/CV-BQL");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-new-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Tiếp tục" }).ClickAsync();
            await page.GetByLabel("Bản quét công văn").SetInputFilesAsync(new FilePayload { Name = "cong-van.pdf", MimeType = "application/pdf", Buffer = [37, 80, 68, 70] });
            await page.GetByRole(AriaRole.Button, new() { Name = "Tải công văn lên" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "cong-van.pdf" })).ToBeVisibleAsync();
            await page.GetByLabel("Họ và tên").FillAsync(person);
            await page.GetByLabel("Tên đăng nhập đề nghị").FillAsync("admin");
            await page.GetByLabel("Thư điện tử công vụ").FillAsync($"{login}@example.vn");
            await page.GetByRole(AriaRole.Button, new() { Name = "Thêm vào danh sách" }).ClickAsync();
            await Expect(page.GetByText("Tên đăng nhập đã có")).ToBeVisibleAsync();
            await page.GetByLabel("Tên đăng nhập đề nghị").FillAsync(login);
            await page.GetByRole(AriaRole.Button, new() { Name = "Thêm vào danh sách" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Sửa {person}" })).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-draft-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Gửi Trung tâm" }).ClickAsync();
            await Expect(page.GetByText("Đã gửi Trung tâm")).ToBeVisibleAsync();
            address = new Uri(page.Url).AbsolutePath;
        }, width, height);
        await portal.WalkAsync("admin", async visitor =>
        {
            await visitor.Page.GotoAsync("/accounts/requests");
            await Expect(visitor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("đang chờ bạn");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-requests-{width}");
            await visitor.Page.GotoAsync(address);
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Tổng hợp, trình Sở phê duyệt" }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Chờ Sở phê duyệt");
        }, width, height);
        await portal.WalkAsync("manager", async visitor =>
        {
            await visitor.Page.GotoAsync(address);
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Phê duyệt", Exact = true }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã phê duyệt");
            await visitor.CheckAccessibilityAsync();
        }, width, height);
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Button, new() { Name = "Thực hiện", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Cấp mới 1, thay đổi 0, khóa 0, bàn giao 0 tài khoản");
            await visitor.CheckAccessibilityAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Thực hiện", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mật khẩu dùng một lần" })).ToBeVisibleAsync();
            await Expect(page.Locator("main img, main b")).ToHaveCountAsync(0);
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-granted-{width}");
            await page.GotoAsync($"/accounts?text={login}");
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Hiện 1 trong");
            await visitor.CheckAccessibilityAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = person }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(person);
            await page.GetByRole(AriaRole.Button, new() { Name = "Bàn giao tài khoản" }).ClickAsync();
            await page.GetByLabel("Số, ký hiệu công văn").FillAsync("31/QĐ-TCCB");
            await visitor.TypeDayAsync("Ngày công văn", "05/01/2026");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-handover-{width}");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Bàn giao tài khoản" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Người dùng đã nghỉ");
            await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("halong");
            await Expect(page.GetByText("Bàn giao cho thủ trưởng đơn vị")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-left-{width}");
        }, width, height);
    }

    [Fact]
    public Task Review_OfABoard_IsConfirmedAndItsDutyFulfilled() => portal.WalkAsync("fisheries", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/accounts/review");
        await visitor.ChooseAsync("Kết quả rà soát của Cán bộ mẫu Thủy sản", "Giữ nguyên");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã rà soát 1 trong 1");
        await page.GetByLabel("Số, ký hiệu công văn").FillAsync("77/CV-TS");
        await visitor.TypeDayAsync("Ngày công văn", "05/01/2026");
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync("account-review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xác nhận danh sách" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Tải danh sách đã xác nhận" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("fisheries đã xác nhận");
        await visitor.CheckAccessibilityAsync();
    });

    [Theory]
    [InlineData("admin", "/accounts/review", 1440)]
    [InlineData("admin", "/accounts", 1440)]
    [InlineData("admin", "/accounts", 390)]
    [InlineData("admin", "/accounts/company2", 1440)]
    [InlineData("company", "/account/data", 1440)]
    [InlineData("company", "/account/data", 390)]
    [InlineData("guest", "/account/data", 390)]
    [InlineData(null, "/ask-account", 1440)]
    [InlineData(null, "/ask-account", 390)]
    public async Task Page_InEnglish_IsAccessible(string? account, string address, int width) => await portal.WalkAsync(account, async visitor =>
    {
        await visitor.Page.GotoAsync($"/language?culture=en&returnUrl={Uri.EscapeDataString(address)}");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("main .card, main .portal-grid").First).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"account-en-{address.Trim('/').Replace('/', '-')}-{account ?? "nobody"}-{width}");
    }, width, 900);
}

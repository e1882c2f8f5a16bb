using Microsoft.Playwright;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Two administrators: one asks, another one confirms and is shown the password; and the register of what allows somebody in.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class SecondWordWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task Reset_OfAnAdministrator_IsAskedByOneAndConfirmedByAnother(int width, int height)
    {
        var name = $"quan-tri-{width}";
        await portal.MakeAccountAsync(name, Role.Admin, "TTCNTT");
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/accounts/second-word");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Việc cần hai người");
            await visitor.PictureAsync($"second-word-before-{width}");
            await page.GotoAsync($"/accounts/{name}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Đặt lại mật khẩu" }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Lý do").FillAsync("Quên mật khẩu, đã xác minh trực tiếp");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"second-word-reset-{width}");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Đặt lại mật khẩu" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Một quản trị viên khác phải xác nhận").First).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"second-word-asked-{width}");
            await page.GotoAsync("/accounts/second-word");
            await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name })).ToContainTextAsync("Cần một quản trị viên khác");
        }, width, height, "SecondWord");
        await portal.WalkAsync("admin2", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/accounts/second-word");
            var line = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
            await line.GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"second-word-sure-{width}");
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Đã kiểm tra, thực hiện" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Trong ngày đầu tài khoản chưa được đề nghị")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"second-word-done-{width}");
        }, width, height, "SecondWord");
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM second_word WHERE subject = '{name}' AND state = 'confirmed' AND asked_name = 'admin' AND confirmed_name = 'admin2'"));
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task Authority_IsRecordedWithItsScanAndEnded(int width, int height)
    {
        var number = $"{width}/TTCNTT-BT";
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/operations/authority");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Văn bản cho phép");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"authority-list-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ghi văn bản" }).ClickAsync();
            await page.GetByLabel("Mục đích, phạm vi").FillAsync("Bảo trì máy chủ quý IV");
            await page.GetByLabel("Họ tên người được phép").FillAsync("Trần Văn Bình");
            await page.GetByLabel("Đơn vị").FillAsync("Công ty phần mềm mẫu");
            await page.GetByLabel("Số, ký hiệu văn bản").FillAsync(number);
            await visitor.TypeDayAsync("Ngày văn bản", "02/11/2026");
            await page.GetByLabel("Nơi ban hành").FillAsync("Trung tâm Công nghệ thông tin");
            await visitor.TypeDayAsync("Từ ngày", "02/11/2026");
            await visitor.TypeDayAsync("Đến hết ngày", "31/01/2027");
            await page.GetByLabel("Bản quét (PDF, ảnh, Word; tối đa 25 MB)").SetInputFilesAsync(new FilePayload { Name = "van-ban.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4"u8.ToArray() });
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"authority-form-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào sổ" }).ClickAsync();
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = number });
            await Assertions.Expect(row).ToContainTextAsync("Trần Văn Bình");
            await row.GetByRole(AriaRole.Button, new() { Name = "Chấm dứt" }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Lý do chấm dứt").FillAsync("Đã xong sớm");
            await visitor.CheckAccessibilityAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Chấm dứt" }).ClickAsync();
            await Assertions.Expect(row).ToContainTextAsync("Đã chấm dứt");
            await visitor.PictureAsync($"authority-ended-{width}");
            await page.GotoAsync("/accounts/tokens");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Văn bản cho phép" }).ClickAsync();
            await Assertions.Expect(page.Locator(".mud-popover-open")).ToContainTextAsync("245/SNNMT-CDS");
            await visitor.PictureAsync($"authority-tokens-{width}");
        }, width, height, "Authority");
    }
}

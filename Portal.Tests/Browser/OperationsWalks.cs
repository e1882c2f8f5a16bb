using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Demo;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

[Collection(nameof(BrowserPortal))]
public sealed class OperationsWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Operations_JobRunByHand_IsSeenToEndWithItsReport(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        await visitor.Page.GotoAsync("/operations");
        var job = visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("Kiểm tra toàn vẹn dữ liệu") });
        await job.GetByRole(AriaRole.Button, new() { Name = "Chạy ngay" }).ClickAsync();
        // The files of the demo data lie where its template was made.
        await Expect(job).ToContainTextAsync(new Regex(@"\d+ nội dung kiểm tra, \d+ lỗi"));
        await Expect(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Toàn vẹn dữ liệu" })).ToContainTextAsync("Kết quả chưa được đánh giá");
        await job.GetByRole(AriaRole.Button, new() { Name = "Nhật ký" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog).GetByText("(chạy bằng tay)").First).ToBeVisibleAsync();
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"operations-runs-{width}");
    }, width, height);

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Letters_ThatDidNotArrive_AreSentAgain(int width, int height)
    {
        await portal.MakeAccountAsync($"letters-{width}", Role.Facility, "SONNMT");
        await portal.ExecuteAsync(
            $"""
            INSERT INTO notice_choice (account_id, email, mail) SELECT id, 'letters-{width}@example.vn', 'each' FROM account WHERE user_name = 'letters-{width}';
            INSERT INTO mail (account_id, state, attempts, next_at, queued_at, fault) SELECT id, 'failed', 12, now(), now(), 'MailboxUnavailable: 550' FROM account WHERE user_name = 'letters-{width}';
            """);
        await portal.WalkAsync("admin", async visitor =>
        {
            await visitor.Page.GotoAsync("/operations");
            var letters = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Thư điện tử" });
            var row = letters.GetByRole(AriaRole.Row).Filter(new() { HasText = $"letters-{width}" });
            await Expect(row).ToContainTextAsync("Máy chủ thư không nhận sau 12 lần gửi");
            await letters.ScrollIntoViewIfNeededAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"operations-letters-{width}");
            // Only the page scrolls in its frame, not the document below it.
            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"));
            await letters.GetByRole(AriaRole.Button, new() { Name = $"Gửi lại thư cho letters-{width}" }).ClickAsync();
            await Expect(row).ToHaveCountAsync(0);
        }, width, height);
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task Leftovers_OfARestore_AreSaidAndClosedWithAWord(int width, int height)
    {
        await portal.ExecuteAsync(
            $"""
            INSERT INTO restore_leftover (kept, kind, key, at, who, organisation, facts, state) VALUES
                ('quantrac_before_20261130010203', 'rights', 'walk-{width}', now(), 'admin', '', ARRAY['account-locked', 'le.hoa-{width}'], 'carried'),
                ('quantrac_before_20261130010203', 'organisations', 'walk-{width}', now(), 'admin', '', ARRAY['12/QD-{width}', '2026-11-20', '2026-12-01', 'quyet-dinh.pdf', ''], 'open')
            """);
        await portal.WalkAsync("admin", async visitor =>
        {
            await visitor.Page.GotoAsync("/operations/restore/leftovers");
            await Expect(visitor.Page.GetByText($"le.hoa-{width}")).ToBeVisibleAsync();
            var change = visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"12/QD-{width}" });
            await Expect(change).ToContainTextAsync("Phải làm lại bằng tay");
            await visitor.CheckAccessibilityAsync();
            await change.GetByText("Đóng mục này…").ClickAsync();
            var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Đóng", Exact = true }).Last.ClickAsync();
            await Expect(dialog).ToContainTextAsync("Hãy ghi đã xử lý thế nào");
            await dialog.GetByLabel("Đã xử lý thế nào").FillAsync("Đã nhập lại ở trang Tổ chức");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Đóng", Exact = true }).Last.ClickAsync();
            await Expect(change).ToContainTextAsync("admin đóng lúc");
        }, width, height);
    }

    [Fact]
    public Task Operations_ForAnybodyElse_IsClosed() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.Page.GotoAsync("/operations");
        await Expect(visitor.Page.GetByText("Trang này dành cho quản trị viên")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Vận hành" })).ToHaveCountAsync(0);
    });

    [Fact]
    public async Task Bell_SomethingIsTold_RingsInAnOpenPageAndIsReadThere()
    {
        await portal.MakeAccountAsync("bell", Role.Facility, "SONNMT");
        await portal.WalkAsync("bell", async visitor =>
        {
            await visitor.Page.GotoAsync("/notices");
            await Expect(visitor.Page.GetByText("Chưa có thông báo nào")).ToBeVisibleAsync();
            await portal.RaiseAsync("bell", new("Job.Failed", ["send-mail", "2026-06-22 08:00"], "/operations", "walk"));
            await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "1 thông báo chưa đọc" })).ToBeVisibleAsync();
            await Expect(visitor.Page.GetByText("Công việc tự động “Gửi thư điện tử” không hoàn thành lúc 08:00 22/06/2026")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.ChooseAsync("Gửi thư", "Mỗi ngày một thư tổng hợp, lúc 07:00");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
            await Expect(visitor.Page.GetByText("Hãy nhập địa chỉ thư điện tử")).ToBeVisibleAsync();
            await visitor.Page.GetByLabel("Địa chỉ thư điện tử").FillAsync("ten@quangninh.gov.vn");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Lưu", Exact = true }).ClickAsync();
            await Expect(visitor.Page.GetByText("Đã lưu.")).ToBeVisibleAsync();
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Đánh dấu đã đọc" }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Thông báo" })).ToBeVisibleAsync();
            await Expect(visitor.Page.GetByText("1 thông báo, 0 chưa đọc")).ToBeVisibleAsync();
        });
    }
}

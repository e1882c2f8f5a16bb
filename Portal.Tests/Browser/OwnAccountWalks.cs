using Microsoft.Playwright;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The first sign-in, the second step, passkeys, one's own sessions, and tokens for programs.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class OwnAccountWalks(BrowserPortal portal)
{
    private const string Own = "ba con tàu ngoài khơi 58";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task FirstSignIn_OfAnAdministrator_LeadsThroughPasswordAndSecondStep(int width, int height)
    {
        var name = $"lan-{width}";
        var given = await portal.GrantAccountAsync(name, Role.Admin, "TTCNTT");
        await portal.WalkAsync(null, async visitor =>
        {
            var page = visitor.Page;
            await visitor.SignInAsync(name, given);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Đổi mật khẩu" })).ToBeVisibleAsync();
            await ChangeAsync(page, given, "quangninh2026");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("quá phổ biến");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-password-{width}");
            await ChangeAsync(page, given, Own);

            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Xác thực hai bước" })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Mã QR" })).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-second-step-{width}");
            var secret = (await page.Locator("main code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
            await page.GetByLabel("Mật khẩu hiện tại").FillAsync(Own);
            await page.GetByLabel("Mã 6 chữ số").FillAsync(TimeCode.At(secret, TimeCode.StepOf(TimeProvider.System.GetUtcNow())));
            await page.GetByRole(AriaRole.Button, new() { Name = "Xác nhận và bật" }).ClickAsync();
            await Expect(page.GetByText("Mười mã dự phòng")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-recovery-{width}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Tôi đã cất giữ mã" }).ClickAsync();
            visitor.Expect(Visitor.LayerOfWhoLeft);
            await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
            await visitor.FillInAsync(name, Own);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Xác thực bước hai" })).ToBeVisibleAsync();
            await visitor.FillInCodeAsync("000000");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("đã dùng rồi");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-code-{width}");
            await visitor.FillInCodeAsync(await portal.CodeAsync(name));

            await page.GetByRole(AriaRole.Link, new() { Name = "Tài khoản của tôi" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Tài khoản của tôi" })).ToBeVisibleAsync();
            await Expect(page.GetByText("Còn 10 mã dự phòng")).ToBeVisibleAsync();
            await Expect(page.GetByText("1 phiên đang mở")).ToBeVisibleAsync();
            await Expect(page.GetByText("Phiên này", new() { Exact = true })).ToBeVisibleAsync();
            await page.GetByLabel("Nhập mật khẩu để thay đổi").FillAsync("không phải mật khẩu này");
            await page.GetByRole(AriaRole.Button, new() { Name = "Tạo mã dự phòng mới" }).ClickAsync();
            await Expect(page.GetByText("Mật khẩu không đúng.")).ToBeVisibleAsync();
            await page.GetByLabel("Nhập mật khẩu để thay đổi").FillAsync(Own);
            await page.GetByRole(AriaRole.Button, new() { Name = "Tạo mã dự phòng mới" }).ClickAsync();
            await Expect(page.GetByText("Mười mã dự phòng")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync($"account-own-{width}");
            await page.GotoAsync("/language?culture=en&returnUrl=%2Faccount");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My account" })).ToBeVisibleAsync();
            await Expect(page.GetByText("This one", new() { Exact = true })).ToBeVisibleAsync();
            await visitor.PictureAsync($"account-own-en-{width}");
        }, width, height);
    }

    [Fact]
    public async Task Passkey_MadeAndUsed_OpensTheAccountUntilItIsRemoved()
    {
        await portal.MakeAccountAsync("passkey", Role.Manager, "SONNMT");
        await portal.WalkOnLocalhostAsync(async visitor =>
        {
            var page = visitor.Page;
            var device = await page.Context.NewCDPSessionAsync(page);
            await device.SendAsync("WebAuthn.enable");
            await device.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
            });
            await visitor.SignInAsync("passkey", RunningPortal.Password);
            await Expect(visitor.ListState).ToBeVisibleAsync();
            await page.GotoAsync("/account");
            await page.GetByLabel("Đặt tên để nhận ra thiết bị").FillAsync("Máy ở cơ quan");
            visitor.Expect("422");
            await page.GetByLabel("Nhập mật khẩu để thêm khóa").FillAsync("không phải mật khẩu này");
            await page.GetByRole(AriaRole.Button, new() { Name = "Thêm khóa truy cập" }).ClickAsync();
            await Expect(page.GetByText("Mật khẩu không đúng.")).ToBeVisibleAsync();
            await page.GetByLabel("Nhập mật khẩu để thêm khóa").FillAsync(RunningPortal.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Thêm khóa truy cập" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Xóa khóa Máy ở cơ quan" })).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync("account-passkey");

            await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất", Exact = true }).ClickAsync();
            await page.GotoAsync("/sign-in?returnUrl=%2Faccount");
            await visitor.CheckAccessibilityAsync();
            await visitor.PictureAsync("account-passkey-door");
            // Strangers have tried passwords from this very network: a passkey opens all the same.
            await portal.ExecuteAsync(
                """
                INSERT INTO sign_in_trial (subject, lane, failed, first_at, last_at, shut_until)
                SELECT 'account:' || id, lane, 5, now(), now(), now() + interval '15 minutes' FROM account, unnest(ARRAY['127.0.0.1', '::/64', 'within']) AS lane WHERE user_name = 'passkey'
                ON CONFLICT (subject, lane) DO UPDATE SET failed = excluded.failed, shut_until = excluded.shut_until
                """);
            await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập bằng khóa truy cập" }).ClickAsync();
            await Expect(page.GetByText("Bằng khóa truy cập", new() { Exact = true })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Xóa khóa Máy ở cơ quan" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Xóa", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Xóa khóa Máy ở cơ quan" })).ToHaveCountAsync(0);

            await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất mọi nơi" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Đăng xuất mọi nơi" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập", Exact = true })).ToBeVisibleAsync();
            await page.GotoAsync("/sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập bằng khóa truy cập" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Không đăng nhập được bằng khóa này");
        });
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Token_GrantedAndRevoked_IsShownOnce(int width, int height) => portal.WalkAsync("admin", async visitor =>
    {
        var page = visitor.Page;
        var name = $"Phần mềm báo cáo {width}";
        await page.GotoAsync("/accounts/tokens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cấp mã" }).ClickAsync();
        await Expect(page.GetByText("Hãy ghi tên phần mềm")).ToBeVisibleAsync();
        await visitor.ChooseAsync("Tài khoản", "company");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tên phần mềm" }).FillAsync(name);
        await visitor.ChooseAsync("Văn bản cho phép", "245/");
        var today = QuanTrac.Portal.Access.PortalDay.Of(TimeProvider.System);
        await visitor.TypeDayAsync("Dùng đến hết ngày", today.AddDays(200).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cấp mã" }).ClickAsync();
        await Expect(page.GetByLabel("Mã chỉ hiện một lần")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^qt_"));
        await visitor.CheckAccessibilityAsync();
        await visitor.PictureAsync($"tokens-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Thu hồi mã {name}" }).ClickAsync();
        await page.GetByLabel("Lý do thu hồi").FillAsync("Đơn vị không dùng nữa");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Thu hồi", Exact = true }).ClickAsync();
        await Expect(page.GetByText("admin: Đơn vị không dùng nữa").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Mã chỉ hiện một lần")).ToHaveCountAsync(0);
    }, width, height);

    [Fact]
    public async Task Reset_OfALostDevice_IsDoneByTheCentreWithAReason()
    {
        await portal.MakeAccountAsync("lost", Role.Manager, "BQLVHL");
        await portal.GiveSecondStepAsync("lost");
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/account");
            await page.GetByRole(AriaRole.Link, new() { Name = "Đặt lại xác thực hai bước" }).ClickAsync();
            await visitor.ChooseAsync("Tài khoản", "lost");
            await page.GetByRole(AriaRole.Button, new() { Name = "Đặt lại" }).ClickAsync();
            await Expect(page.GetByText("Hãy ghi lý do")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Lý do" }).FillAsync("Mất điện thoại");
            await page.GetByRole(AriaRole.Button, new() { Name = "Đặt lại" }).ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Đặt lại", Exact = true }).ClickAsync();
            await Expect(page.GetByText("Đã đặt lại xác thực hai bước của lost.")).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
        });
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM account_recovery_code WHERE account_id = {await portal.IdAsync("lost")}"));
    }

    private static async Task ChangeAsync(IPage page, string current, string wanted)
    {
        await page.GetByLabel("Mật khẩu hiện tại").FillAsync(current);
        await page.GetByLabel("Mật khẩu mới", new() { Exact = true }).FillAsync(wanted);
        await page.GetByLabel("Nhập lại mật khẩu mới").FillAsync(wanted);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đổi mật khẩu" }).ClickAsync();
    }
}

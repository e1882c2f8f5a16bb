using Microsoft.Playwright;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>The Centre watches: something unusual, a look at it, a lock with its reason and the incident at the desk.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class WatchWalks(BrowserPortal portal)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Watch_AlertAndOnline_AreLookedAtAndLocked(int width)
    {
        var name = $"w-watched-{width}";
        await portal.MakeAccountAsync(name, Role.Manager, "SONNMT");
        await portal.CookieAsync(name);
        await portal.ExecuteAsync(
            $"INSERT INTO watch_alert (rule, key, account_id, account_name, from_address, amount, at) SELECT 'refused', '{name}', id, user_name, '203.0.113.9', 12, now() FROM account WHERE user_name = '{name}'");
        await portal.WalkAsync("admin", async visitor =>
        {
            var page = visitor.Page;
            await page.GotoAsync("/operations/watch");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Giám sát tài khoản");
            var online = page.GetByRole(AriaRole.Region, new() { Name = "Đang trực tuyến" }).GetByRole(AriaRole.Row).Filter(new() { HasText = name });
            await Assertions.Expect(online).ToContainTextAsync("127.0.0.1");
            var alert = page.GetByRole(AriaRole.Region, new() { Name = "Cảnh báo" }).GetByRole(AriaRole.Row).Filter(new() { HasText = $"{name} bị từ chối 12 lần" });
            await visitor.CheckAccessibilityAsync();
            await alert.GetByRole(AriaRole.Button, new() { Name = "Khóa tài khoản…" }).ClickAsync();
            await page.GetByLabel($"Lý do khóa tài khoản {name}").FillAsync("Dò đường dẫn của đơn vị khác");
            await visitor.PictureAsync($"Watch-lock-{width}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Khóa và ghi sự cố" }).ClickAsync();
            await Assertions.Expect(page.GetByText($"Đã khóa tài khoản {name}")).ToBeVisibleAsync();
            await Assertions.Expect(online).ToHaveCountAsync(0);
            await Assertions.Expect(alert).ToContainTextAsync("Đã xem xét");
        }, width, name: "Watch");
        Assert.Equal("Dò đường dẫn của đơn vị khác", await portal.ReadAsync($"SELECT locked_reason FROM account WHERE user_name = '{name}'"));
        Assert.Equal("Dò đường dẫn của đơn vị khác", await portal.ReadAsync($"SELECT closed_words FROM watch_alert WHERE key = '{name}'"));
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM desk_item WHERE kind = 'incident' AND title = '{name} bị từ chối 12 lần'"));
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name = '{name}' AND s.ended_at IS NULL"));
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>From a question about a limit to its table, and to what changed.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class StandardWalks(BrowserPortal portal)
{
    [Fact]
    public Task Standards_AmmoniumInTheSea_IsAnsweredOpenedAndCompared() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/intake");
        await page.GetByRole(AriaRole.Link, new() { Name = "Quy chuẩn" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Quy chuẩn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước biển" }).ClickAsync();
        await page.GetByLabel("Tìm quy chuẩn hoặc thông số").FillAsync("amoni");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/standards\?medium=sea_water&text=amoni$"));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("2 trong 32");
        var now = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "QCVN 10:2023/BTNMT" }).First;
        await Expect(now).ToContainTextAsync("≤ 0,1 mg/L");
        await now.GetByRole(AriaRole.Link, new() { Name = "Amoni (tính theo N)" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/standards/qcvn-10-2023-btnmt\?column=0-6&parameter=N-NH4$"));
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 trong 37 dòng");
        await Expect(page.GetByText("mục 2.1").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ lọc" }).ClickAsync();
        // The words of before hold the same ones: what is waited for is the address.
        await Expect(page).Not.ToHaveURLAsync(new Regex("parameter="));
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(new Regex("^37 dòng"));
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 trong 37 dòng");
        await page.GetByRole(AriaRole.Link, new() { Name = "So với QCVN 10-MT:2015/BTNMT" }).ClickAsync();
        var old = page.GetByRole(AriaRole.Region, new() { Name = "Bản cũ" });
        await visitor.ChooseAsync("Cột áp dụng", "bãi tắm", old);
        var ammonium = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "N-NH4" });
        await Expect(ammonium).ToContainTextAsync(new Regex(@"0,5\smg/L.*0,1\smg/L.*siết chặt", RegexOptions.Singleline));
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("siết chặt");
    });

    [Fact]
    public Task Standard_DayChosen_ChangesTheDatedRow() => portal.WalkAsync("guest", async visitor =>
    {
        await visitor.Page.GotoAsync("/standards/qcvn-05-2023-btnmt?parameter=PM2.5&day=2025-12-31");
        var row = visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "trung bình 24 giờ" });
        await Expect(row.Locator(".limit")).ToHaveTextAsync("50");
        await visitor.TypeDayAsync("Xét ngày", "01/01/2026");
        await Expect(row.Locator(".limit")).ToHaveTextAsync("45");
        await Expect(row).ToContainTextAsync("31/12/2025: 50");
    });

    [Fact]
    public Task Standard_UnknownAddress_SaysSoAndLeadsToTheList() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.Page.GotoAsync("/standards/qcvn-99-2099");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Không tìm thấy quy chuẩn" })).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Tất cả quy chuẩn" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public Task Standards_EachPage_IsAccessible(int width, int height) => portal.WalkAsync("manager", async visitor =>
    {
        string[] addresses =
        [
            "/standards", "/standards?text=amoni", "/standards?text=zzz", "/standards/qcvn-10-2023-btnmt", "/standards/qcvn-08-2023-btnmt", "/standards/qcvn-19-2024-btnmt",
            "/standards/qcvn-40-2011-btnmt", "/standards/qcvn-40-2025-btnmt", "/standards/qd-1460-qd-tcmt", "/standards/compare?old=qcvn-08-mt-2015-btnmt",
        ];
        foreach (var address in addresses)
        {
            await visitor.Page.GotoAsync(address);
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator(".card").First).ToBeVisibleAsync();
            await visitor.CheckAccessibilityAsync();
            // Nothing sticks out sideways: wide tables scroll inside themselves.
            Assert.True(await visitor.Page.Locator("#content").EvaluateAsync<bool>("content => content.scrollWidth <= content.clientWidth"), address);
            await visitor.PictureAsync($"standards{StandardPicture().Replace(address, "-")}-{width}");
        }
    }, width, height);

    private static Regex StandardPicture() => new("[^a-z0-9]+");
}

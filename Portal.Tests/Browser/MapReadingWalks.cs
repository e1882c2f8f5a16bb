using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>What the map says to who looks at it: its scale, its legend and its marks.</summary>
[Collection(nameof(BrowserPortal))]
public sealed partial class MapReadingWalks(BrowserPortal portal)
{
    // LOOK: the ranked list keeps at least six rows at 1366 x 768.
    [Theory]
    [InlineData("/")]
    [InlineData("/?medium=surface_water")]
    [InlineData("/?medium=sea_water")]
    [InlineData("/?medium=sea_water&fill=ccme")]
    public Task Map_AtTheSizeOfAnOffice_ShowsSixRowsUnderItsLegend(string address) => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync(address);
        await Expect(Legend(visitor).GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await Expect(visitor.Rows.Nth(5)).ToBeInViewportAsync(new() { Ratio = 0.99f });
        await visitor.PictureAsync("map-1366" + NotOfNames().Replace(address, "-"));
    }, 1366, 768);

    [Fact]
    public Task Legend_CountsWhatIsInView_AndFolds() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync();
        var whole = await visitor.Page.EvaluateAsync<int>("fetch('/map/sites').then(answer => answer.json()).then(layer => layer.features.length)");
        await Expect(Legend(visitor)).ToContainTextAsync("vượt, > 5 lần");
        Assert.Equal(whole, await CountedAsync(visitor));
        await visitor.Page.GetByRole(AriaRole.Application).FocusAsync();
        for (var step = 0; step < 4; step++)
        {
            await visitor.Page.Keyboard.PressAsync("+");
            await visitor.Page.WaitForTimeoutAsync(400);
        }
        Assert.InRange(await CountedAsync(visitor), 0, whole - 1);
        await Legend(visitor).Locator("summary").ClickAsync();
        await Expect(Legend(visitor).GetByRole(AriaRole.Listitem).First).Not.ToBeVisibleAsync();
    });

    [Fact]
    public Task Scale_OfAChosenMedium_IsItsLegalIndexAndTheSwitchStandsInTheAddress() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenMapAsync();
        var byIndex = page.GetByRole(AriaRole.Button, new() { Name = "Theo chỉ số" });
        await Expect(byIndex).ToBeDisabledAsync();
        await Expect(byIndex).ToHaveAttributeAsync("title", new Regex("Chọn một thành phần môi trường"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước mặt", Exact = true }).ClickAsync();
        await Expect(byIndex).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("VN_WQI");
        await Expect(Legend(visitor)).ToContainTextAsync("VN_WQI: Rất tốt");
        await Expect(Legend(visitor)).ToContainTextAsync("Chỉ số tốt không có nghĩa là mọi thông số đạt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Theo giới hạn" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?medium=surface_water&fill=limits$"));
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Chỉ số vượt chuẩn");
        await page.ReloadAsync();
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Chỉ số vượt chuẩn");
        await page.GoBackAsync();
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("VN_WQI");
        // CCME WQI is a choice beside it, named supplementary; a discharge has none.
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước biển", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "CCME WQI (bổ trợ)" }).ClickAsync();
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("CCME WQI (bổ trợ)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nước thải", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "CCME WQI (bổ trợ)" })).Not.ToBeVisibleAsync();
        await Expect(Legend(visitor).GetByRole(AriaRole.Heading)).ToHaveTextAsync("Chỉ số vượt chuẩn");
    });

    // Whatever fills it, what exceeds is outlined; the outline is drawn for nothing else.
    [Theory]
    [InlineData("/?medium=surface_water", true)]
    [InlineData("/?medium=surface_water&fill=limits", true)]
    [InlineData("/?q=MAU-NM01&medium=surface_water", false)]
    public Task Marks_OfWhatExceeds_HaveAWarmOutline(string address, bool exceeds) => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync(address);
        await Expect(Legend(visitor).GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        Assert.Equal(exceeds, await WarmAsync(visitor) > 0);
    });

    [Fact]
    public Task Map_ByKeyboard_IsOneStopWithSitesInside() => portal.WalkAsync("manager", async visitor =>
    {
        var page = visitor.Page;
        await visitor.OpenMapAsync("/?medium=surface_water");
        var map = page.GetByRole(AriaRole.Application);
        await visitor.TabToAsync(map);
        await page.Keyboard.PressAsync("Tab");
        Assert.False(await map.EvaluateAsync<bool>("map => map.contains(document.activeElement)"));
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("ArrowRight");
        var said = map.GetByRole(AriaRole.Status);
        await Expect(said).ToContainTextAsync("Nhấn Enter để mở");
        var first = await said.InnerTextAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(said).Not.ToHaveTextAsync(first);
        var code = (await said.InnerTextAsync()).Split(' ')[0];
        await page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Panel.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(code);
        await page.Keyboard.PressAsync("Escape");
        await Expect(visitor.Panel).Not.ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"\?medium=surface_water$"));
        await Expect(map).ToBeFocusedAsync();
    });

    [Fact]
    public Task Map_SitesAtOnePlace_FanOut() => portal.WalkAsync("manager", async visitor =>
    {
        // Far out two neighbours are one mark: a press fans them out, another opens one of them.
        var page = visitor.Page;
        // The browser would rather not be read from twice.
        visitor.Expect("willReadFrequently");
        await visitor.OpenMapAsync("/?medium=wastewater&q=M%E1%BB%8F%20than%20m%E1%BA%ABu%20A1");
        await page.GetByRole(AriaRole.Application).FocusAsync();
        for (var step = 0; step < 6; step++)
        {
            await page.Keyboard.PressAsync("-");
            await page.WaitForTimeoutAsync(400);
        }
        var (x, y) = await visitor.FindColouredAsync();
        var before = await visitor.CountColouredAsync("#2f7f8f", "#8fc3c0", "#e8b04a", "#d9683c", "#8c2d4f", "#a9b6bc");
        await page.Mouse.ClickAsync(x, y);
        await Expect(visitor.Panel).Not.ToBeVisibleAsync();
        Assert.True(await visitor.CountColouredAsync("#2f7f8f", "#8fc3c0", "#e8b04a", "#d9683c", "#8c2d4f", "#a9b6bc") > before);
        await visitor.PictureAsync("map-fan");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(before, await visitor.CountColouredAsync("#2f7f8f", "#8fc3c0", "#e8b04a", "#d9683c", "#8c2d4f", "#a9b6bc"));
    });

    [Fact]
    public Task Panel_ClickOnAParameter_ChangesTheChart() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync("/?medium=wastewater");
        await visitor.Rows.First.ClickAsync();
        var chart = visitor.Panel.GetByRole(AriaRole.Combobox, new() { Name = "Thông số của biểu đồ" });
        var shown = await chart.InputValueAsync();
        var second = visitor.Panel.GetByRole(AriaRole.Rowheader).Nth(1).GetByRole(AriaRole.Button);
        await second.ClickAsync();
        await Expect(chart).Not.ToHaveValueAsync(shown);
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("parameter="));
        await Expect(visitor.Panel.GetByRole(AriaRole.Row).Nth(2)).ToHaveAttributeAsync("aria-current", "true");
    });

    // Points of the warm outline: it is slanted, so few have its colour to the last bit.
    private static Task<int> WarmAsync(Visitor visitor) => visitor.Page.Locator(".leaflet-sites-pane canvas").EvaluateAsync<int>(
        """
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4)
            if (data[at + 3] > 200 && Math.abs(data[at] - 179) < 24 && Math.abs(data[at + 1] - 38) < 30 && Math.abs(data[at + 2] - 30) < 30) count++;
          return count;
        }
        """);

    private static ILocator Legend(Visitor visitor) => visitor.Page.Locator("details.legend");

    private static async Task<int> CountedAsync(Visitor visitor) =>
        (await Legend(visitor).Locator("[data-key]:not([hidden]) .figure").AllInnerTextsAsync()).Sum(figure => int.Parse(figure, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotOfNames();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>What comes out of the printer: the first pages on one sheet each, the map with its ranks, the chosen site on pages of its own.</summary>
[Collection(nameof(SecondBrowser))]
public sealed partial class PaperWalks(BrowserPortal portal)
{
    private const string Source = "Nguồn: Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh, ngày";

    // What the browser lays out (sheet, site in shell.css), in millimetres.
    private const double SheetMargin = 9;
    private const double SiteMargin = 12;

    [Theory]
    [InlineData("halong")]
    [InlineData("fisheries")]
    [InlineData("parent")]
    [InlineData("company")]
    public Task Print_OfAnOverview_IsOneSheetWithItsCitation(string account) => portal.WalkAsync(account, async visitor =>
    {
        var page = visitor.Page;
        await page.GotoAsync("/overview");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator(".citation")).ToBeAttachedAsync();
        var sheet = Assert.Single(await PrintAsync(page, $"overview-{account}"));
        Assert.Contains(Source, sheet.Text, StringComparison.Ordinal);
        Assert.Contains("Quy chuẩn hiện hành", sheet.Text, StringComparison.Ordinal);
        await Expect(page.Locator(".citation")).Not.ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("manager", "/", "mọi thành phần môi trường", 1440, 900)]
    [InlineData("manager", "/", "mọi thành phần môi trường", 390, 844)]
    [InlineData("manager", "/?medium=surface_water", "Nước mặt", 1366, 768)]
    [InlineData("manager", "/?group=c&medium=wastewater", "Kiểm soát ô nhiễm", 1366, 768)]
    [InlineData("manager", "/?q=khong+co+diem+nay", "0 điểm, 0 điểm vượt giới hạn", 1366, 768)]
    [InlineData("guest", "/", "điểm mà tài khoản được xem", 1366, 768)]
    public Task Print_OfTheMap_IsOneSheetWhoseNumbersAreThoseOfItsList(string account, string address, string sentence, int width, int height) =>
        portal.WalkAsync(account, async visitor =>
        {
            await visitor.OpenMapAsync(address);
            await Expect(visitor.Page.Locator(".citation")).ToBeAttachedAsync();
            var legend = visitor.Page.Locator("details.legend");
            // Its counts come with the map's first look at what is in view.
            await Expect(legend.Locator("li .figure").Last).ToHaveTextAsync(new Regex(@"\d"));
            var seen = await legend.TextContentAsync();
            var sheet = Assert.Single(await PrintAsync(visitor.Page, $"map-{account}{NotOfNames().Replace(address, "-")}{width}"));
            Whole(sheet, 297, 210, SheetMargin);
            Assert.Contains(sentence, sheet.Text, StringComparison.Ordinal);
            Assert.Contains(Source, sheet.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('…', sheet.Text);
            Assert.Equal(Numbers(sheet, of => of.Right < 43), Numbers(sheet, of => of.Left > 300 && of.Top is > 80 and < 520));
            // Whoever cancels the printer goes on where they were.
            await Expect(legend).ToHaveTextAsync(seen!, new() { UseInnerText = false });
            Assert.Equal(0, await visitor.Page.Locator(".paper-list li").CountAsync());
        }, width, height);

    [Fact]
    public Task Print_OfTheMapWithAListScrolledAndItsLegendFolded_NamesTheWorstAllTheSame() => portal.WalkAsync("manager", async visitor =>
    {
        await visitor.OpenMapAsync();
        await visitor.Page.Locator("details.legend summary").ClickAsync();
        await Expect(visitor.Rows.First).ToBeVisibleAsync();
        var worst = (await visitor.Rows.First.InnerTextAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
        await visitor.Page.Locator(".side-scroll").EvaluateAsync("side => side.scrollTop = 3000");
        var sheet = Assert.Single(await PrintAsync(visitor.Page, "map-scrolled"));
        Assert.Contains($"1 {worst}", sheet.Text, StringComparison.Ordinal);
        Assert.Contains("vượt, > 5 lần", sheet.Text, StringComparison.Ordinal);
        await Expect(visitor.Page.Locator("details.legend")).Not.ToHaveAttributeAsync("open", "");
    });

    [Theory]
    [InlineData("vi", 1440, 900, "lần giới hạn", Source)]
    [InlineData("en", 390, 844, "times the limit", "Source: database of environmental monitoring of Quảng Ninh province")]
    public Task Print_OfAChosenSite_FollowsTheMapWhole(string culture, int width, int height, string verdict, string source) => portal.WalkAsync("manager", async visitor =>
    {
        var code = await portal.ReadAsync("SELECT s.code FROM site_status st JOIN site s ON s.id = st.site_id WHERE st.newest AND st.view = 'today' AND st.verdict = 'exceeds' AND st.medium = 'wastewater' ORDER BY st.worst_ratio DESC LIMIT 1");
        await visitor.OpenMapAsync($"/language?culture={culture}&returnUrl={Uri.EscapeDataString($"/?medium=wastewater&site={code}")}");
        var panel = visitor.Page.Locator(".chosen");
        await Expect(panel.Locator(".why li").Last).ToBeVisibleAsync();
        await Expect(panel.Locator(".plot canvas")).ToBeVisibleAsync();
        var names = await panel.Locator("tbody th").AllInnerTextsAsync();
        var sheets = await PrintAsync(visitor.Page, $"site-{culture}");
        Assert.InRange(sheets.Count, 2, 3);
        Whole(sheets[0], 297, 210, SheetMargin);
        Assert.All(sheets.Skip(1), sheet => Whole(sheet, 210, 297, SiteMargin));
        Assert.All(sheets, sheet => Assert.NotEmpty(sheet.Words));
        var text = string.Join(' ', sheets.Skip(1).Select(sheet => sheet.Text));
        Assert.StartsWith(code, text, StringComparison.Ordinal);
        Assert.Contains(verdict, text, StringComparison.Ordinal);
        Assert.Contains(source, text, StringComparison.Ordinal);
        Assert.All(names, name => Assert.Contains(string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), text, StringComparison.Ordinal));
    }, width, height);

    private static async Task<IReadOnlyList<PaperPage>> PrintAsync(IPage page, string name)
    {
        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        await File.WriteAllBytesAsync(Path.Combine(PortalHome.Folder, "TestResults", "pictures", $"print-{name}.pdf"), pdf);
        return await PaperPage.ReadAsync(pdf);
    }

    // Of the size that was meant, and no word beyond what the printer prints.
    private static void Whole(PaperPage sheet, double width, double height, double margin)
    {
        var (right, bottom, edge) = (sheet.Width, sheet.Height, (margin - 0.5) * PaperPage.PointsOfMillimetre);
        Assert.Equal(width * PaperPage.PointsOfMillimetre, right, 2.0);
        Assert.Equal(height * PaperPage.PointsOfMillimetre, bottom, 2.0);
        Assert.DoesNotContain(sheet.Words, word => word.Left < edge || word.Top < edge || word.Right > right - edge || word.Bottom > bottom - edge);
    }

    private static List<int> Numbers(PaperPage sheet, Func<PaperWord, bool> where) =>
        [.. sheet.Words.Where(where).Select(word => int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).Order()];

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotOfNames();
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Whoever asks "Vì sao?" gets the steps of the index, and the way to the proof sheet.</summary>
[Collection(nameof(BrowserPortal))]
public sealed class ExplanationWalks(BrowserPortal portal)
{
    [Fact]
    public Task Index_Asked_ListsItsStepsAndLeadsToTheProofSheet() => portal.WalkAsync("manager", async visitor =>
    {
        var site = await portal.ReadAsync(
            "SELECT s.code FROM site_status t JOIN site s ON s.id = t.site_id WHERE t.view = 'today' AND t.index_code = 'vn-wqi' ORDER BY t.period_end DESC, s.code LIMIT 1");
        await visitor.OpenMapAsync($"/?medium=surface_water&site={site}");
        await visitor.Panel.GetByRole(AriaRole.Button, new() { Name = "Vì sao?" }).First.ClickAsync();
        var steps = visitor.Panel.Locator(".explanation").First;
        await Expect(steps).ToContainTextAsync("QĐ 1460/QĐ-TCMT");
        await Expect(steps.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync(new Regex("Chỉ số \\d+: mức"));
        await Expect(visitor.Panel.GetByRole(AriaRole.Link, new() { Name = "In phiếu truy xuất số liệu" })).ToHaveAttributeAsync("href", new Regex(@"^/assessment/proof/\d+\?view=today$"));
        await steps.ScrollIntoViewIfNeededAsync();
        await visitor.CheckAccessibilityAsync();
    });
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>SQL and HTML typed into every field of every page: searched for, shown as text, run by nobody.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class FieldWalks(BrowserPortal portal)
{
    private const string Typed = "'; DROP TABLE account; -- <img src=x onerror=\"window.ran=1\"> {{7*7}} %_\\";

    private static readonly string[] Pages = [.. EveryPage.Routes.Where(route => !route.Contains('{', StringComparison.Ordinal) && route is not ("/error" or "/not-found"))];

    // An account of its own: forms keep what was typed, and the next one to open them would find it there.
    [Fact]
    public async Task Fields_OfEveryPage_TakeAnythingAsText()
    {
        await portal.MakeAccountAsync("typist", Role.Admin, "TTCNTT");
        await portal.WalkAsync("typist", WalkAsync);
    }

    private static async Task WalkAsync(Visitor visitor)
    {
        // A number or a day that is none is refused by the field itself.
        visitor.Expect("cannot be parsed|does not conform");
        var typed = 0;
        foreach (var page in Pages)
            typed += await TypeAsync(visitor.Page, page);
        Assert.InRange(typed, Pages.Length, 1000);
    }

    private static async Task<int> TypeAsync(IPage browser, string page)
    {
        await browser.GotoAsync(page);
        await Assertions.Expect(browser).ToHaveTitleAsync(new Regex("."));
        await Assertions.Expect(browser.Locator("h1").First).ToBeAttachedAsync();
        var fields = browser.Locator("main :is(input:not([type]), input[type=text], input[type=search], textarea):visible, #search");
        var typed = 0;
        for (var at = 0; at < await fields.CountAsync(); at++)
        {
            var field = fields.Nth(at);
            if (!await field.IsEditableAsync())
                continue;
            await field.FillAsync(Typed);
            await field.BlurAsync();
            typed++;
        }
        await browser.WaitForTimeoutAsync(150);
        Assert.False(await browser.EvaluateAsync<bool>("() => 'ran' in window"), page);
        Assert.True(await browser.GetByText("Số tham chiếu").CountAsync() == 0, page);
        return typed;
    }
}

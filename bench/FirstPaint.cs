using Microsoft.Playwright;

namespace QuanTrac.Portal.Bench;

/// <summary>The map page in headless Chromium: from the start of the navigation to the first paint of the sites' colours.</summary>
internal static class FirstPaint
{
    private const string Painted =
        """
        () => { const mark = performance.getEntriesByName('quantrac-map-painted')[0]; return mark ? mark.startTime : 0; }
        """;

    public static async Task MeasureAsync(Figures figures, string address, string account)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var signedIn = await SignInAsync(browser, address, account);
        List<double> cold = [], warm = [];
        // The first is unmeasured: the portal compiles what it has not run yet.
        for (var run = 0; run <= Figures.Runs; run++)
        {
            await using var context = await browser.NewContextAsync(new() { StorageState = signedIn });
            var page = await context.NewPageAsync();
            var (first, again) = (await OpenAsync(page, address), await OpenAsync(page, address));
            if (run == 0)
                continue;
            cold.Add(first);
            warm.Add(again);
        }
        figures.Add("5,000 sites: first coloured paint, nothing cached in the browser", cold, "ms", 2_000);
        figures.Add("5,000 sites: first coloured paint, a second visit", warm, "ms");
    }

    private static async Task<string> SignInAsync(IBrowser browser, string address, string account)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{address}/sign-in");
        await page.FillAsync("#userName", account);
        await page.FillAsync("#password", Bed.Password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync($"{address}/");
        return await context.StorageStateAsync();
    }

    private static async Task<double> OpenAsync(IPage page, string address)
    {
        await page.GotoAsync($"{address}/");
        return await (await page.WaitForFunctionAsync(Painted)).JsonValueAsync<double>();
    }
}

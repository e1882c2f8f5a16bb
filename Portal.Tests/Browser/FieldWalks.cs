using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>SQL and HTML typed into every field of every page: searched for, shown as text, run by nobody.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class FieldWalks(BrowserPortal portal)
{
    private const string Typed = "'; DROP TABLE account; -- <img src=x onerror=\"window.ran=1\"> {{7*7}} %_\\";

    public static TheoryData<string> Pages => [.. typeof(Routes).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)
        .Where(route => !route.Contains('{', StringComparison.Ordinal) && route is not ("/error" or "/not-found")).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Pages))]
    public Task Fields_OfThePage_TakeAnythingAsText(string page) => portal.WalkAsync("admin", async visitor =>
    {
        // A number or a day that is none is refused by the field itself.
        visitor.Expect("cannot be parsed|does not conform");
        await visitor.Page.GotoAsync(page);
        await Assertions.Expect(visitor.Page).ToHaveTitleAsync(new Regex("."));
        await Assertions.Expect(visitor.Page.Locator("h1").First).ToBeAttachedAsync();
        var fields = visitor.Page.Locator("main :is(input:not([type]), input[type=text], input[type=search], textarea):visible, #search");
        for (var at = 0; at < await fields.CountAsync(); at++)
        {
            var field = fields.Nth(at);
            if (!await field.IsEditableAsync())
                continue;
            await field.FillAsync(Typed);
            await field.BlurAsync();
        }
        await visitor.Page.WaitForTimeoutAsync(150);
        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => 'ran' in window"));
        await Assertions.Expect(visitor.Page.GetByText("Số tham chiếu")).ToHaveCountAsync(0);
        Assert.True(await portal.CountAsync("SELECT count(*) FROM account") > 0);
    }, name: $"Fields{page.Replace('/', '-')}");
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Three judges that are not ours look at every page: vnu, alfa and axe.</summary>
[Collection(nameof(QuietBrowser))]
public sealed partial class JudgeWalks(BrowserPortal portal)
{
    private const string Wrong = "wrong-on-purpose";

    [Fact]
    public async Task EveryPage_InBothLanguages_SatisfiesItsJudges()
    {
        using var judges = new PageJudges();
        List<PageFinding> found = [];
        foreach (var pages in EveryPage.Seen.GroupBy(page => page.Account))
            await portal.WalkAsync(pages.Key, visitor => LookAsync(visitor, judges, [.. pages], found), name: "judged");
        await portal.WalkAsync(null, async visitor =>
        {
            await visitor.Page.SetContentAsync("<p id=one><p id=one><img><button></button>");
            await JudgeAsync(visitor, judges, Wrong, found);
        });
        found.AddRange(await judges.FindAsync());

        // Who finds nothing there finds nothing anywhere.
        Assert.Equal(["alfa", "axe", "vnu"], found.Where(one => one.Page == Wrong).Select(one => one.Judge).Distinct().Order(StringComparer.Ordinal));
        found.RemoveAll(one => one.Page == Wrong);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private async Task LookAsync(Visitor visitor, PageJudges judges, IReadOnlyList<SeenPage> pages, List<PageFinding> found)
    {
        foreach (var language in new[] { Language.Vietnamese, Language.English })
        {
            foreach (var page in pages)
            {
                await visitor.SeeAsync(await AddressAsync(page), language);
                if (page.Route != "/not-found")
                    Assert.False(await visitor.Page.GetByRole(AriaRole.Heading, new() { NameRegex = NotThere() }).IsVisibleAsync(), page.Address);
                await JudgeAsync(visitor, judges, $"{language[..2]}-{page.Account ?? "nobody"}{NoLetter().Replace(page.Address, "-")}", found);
            }
        }
    }

    private static async Task JudgeAsync(Visitor visitor, PageJudges judges, string name, List<PageFinding> found)
    {
        await judges.TakeAsync(visitor.Page, name);
        found.AddRange((await visitor.FindByAxeAsync()).Select(said => new PageFinding("axe", name, "", said)));
    }

    private async Task<string> AddressAsync(SeenPage page)
    {
        var table = Table().Match(page.Address);
        return table.Success ? page.Address.Replace(table.Value, await portal.ReadAsync($"SELECT min(id)::text FROM {table.Groups[1].Value}"), StringComparison.Ordinal) : page.Address;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Table();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoLetter();

    [GeneratedRegex("^(Không tìm thấy|Not found)$")]
    private static partial Regex NotThere();
}

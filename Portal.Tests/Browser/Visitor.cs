using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>One person at one browser, and what the browser complained of meanwhile.</summary>
public sealed class Visitor
{
    /// <summary>Whoever signs out while the map still reads its sites gets none.</summary>
    public const string LayerOfWhoLeft = @"401 \(Unauthorized\) .*/map/sites";

    private static readonly BundledAxeScriptProvider Axe = new();

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly Uri portal;
    private Regex? expected;

    public Visitor(IPage page, Uri portal)
    {
        (Page, this.portal) = (page, portal);
        page.SetDefaultTimeout(40_000);
        string[] own = [portal.ToString(), "data:", "blob:"];
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? $"console: {message.Text} {message.Location}" : null);
        page.PageError += (_, error) => Note($"script: {error}");
        page.Request += (_, request) => Note(
            own.Any(start => request.Url.StartsWith(start, StringComparison.Ordinal)) ? null : $"request to elsewhere: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>What nobody meant to happen.</summary>
    public IEnumerable<string> Complaints => complaints;

    /// <summary>The browser reports every answer that is no success; here one is meant.</summary>
    public void Expect(string pattern) => expected = new Regex(pattern);

    /// <summary>Goes to the door and fills in its form.</summary>
    public async Task SignInAsync(string account, string password)
    {
        await Page.GotoAsync("/sign-in");
        await FillInAsync(account, password);
    }

    /// <summary>Fills in the form that is on the screen.</summary>
    public async Task FillInAsync(string account, string password)
    {
        await Page.GetByLabel("Tên đăng nhập").FillAsync(account);
        await Page.GetByLabel("Mật khẩu").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập", Exact = true }).ClickAsync();
    }

    /// <summary>Types the code of the second step, where the page asks for it.</summary>
    public async Task FillInCodeAsync(string code)
    {
        await Page.GetByLabel("Mã xác thực hoặc mã dự phòng").FillAsync(code);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
    }

    /// <summary>Opens a page in a language and waits until it is drawn: its heading is there, its lists are read and nothing moves any more.</summary>
    public async Task SeeAsync(string address, string language = Language.Vietnamese)
    {
        await Page.Context.AddCookiesAsync([new()
        {
            Name = CookieRequestCultureProvider.DefaultCookieName, Value = CookieRequestCultureProvider.MakeCookieValue(new(language)), Url = portal.ToString(),
        }]);
        await Page.GotoAsync(address);
        await Assertions.Expect(Page).ToHaveTitleAsync(new Regex("."));
        await Assertions.Expect(Page.Locator("h1").First).ToBeAttachedAsync();
        await Assertions.Expect(Page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
        await Page.EvaluateAsync(
            """
            () => new Promise(done => {
              const begun = performance.now();
              let moved = begun;
              const watch = new MutationObserver(() => (moved = performance.now()));
              watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
              const look = () => {
                const now = performance.now();
                if (now - moved < 250 && now - begun < 5000) return setTimeout(look, 50);
                watch.disconnect();
                done();
              };
              look();
            })
            """);
    }

    /// <summary>Opens the map and waits until its sites are drawn beside its list.</summary>
    public async Task OpenMapAsync(string address = "/")
    {
        await Page.RunAndWaitForResponseAsync(() => Page.GotoAsync(address), answer => answer.Url.Contains("/map/sites", StringComparison.Ordinal) && answer.Ok);
        await Assertions.Expect(Page.Locator(".leaflet-sites-pane canvas")).ToBeVisibleAsync();
    }

    /// <summary>The twin of the map.</summary>
    public ILocator List => Page.GetByRole(AriaRole.Region, new() { Name = "Danh sách điểm", Exact = true });

    /// <summary>The sites in the list, the worst first.</summary>
    public ILocator Rows => List.GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button);

    /// <summary>The state line of the list, such as "12 trong 207 điểm".</summary>
    public ILocator ListState => List.GetByRole(AriaRole.Status);

    /// <summary>The panel of the chosen site.</summary>
    public ILocator Panel => Page.GetByRole(AriaRole.Complementary, new() { Name = "Điểm đang chọn" });

    /// <summary>Chooses in a field that offers something: by opening it where it offers few, by typing where it offers many.</summary>
    /// <param name="within">Where the field is; the page for null.</param>
    public async Task ChooseAsync(string label, string text, ILocator? within = null)
    {
        var field = (within ?? Page.Locator("body")).GetByRole(AriaRole.Combobox, new() { Name = label }).First;
        if (await field.GetAttributeAsync("readonly") is null)
            await field.FillAsync(text);
        else
            await field.ClickAsync();
        await Page.Locator(".mud-popover-open").GetByText(text).First.ClickAsync();
        await Assertions.Expect(Page.Locator(".mud-popover-open, .mud-overlay:not(.mud-overlay-dialog)")).ToHaveCountAsync(0);
    }

    /// <summary>Types a day into its field and leaves it.</summary>
    public async Task TypeDayAsync(string label, string day)
    {
        var field = Page.GetByLabel(label).First;
        await field.FillAsync(day);
        await field.PressAsync("Tab");
    }

    /// <summary>Presses Tab until an element has the focus; it must come within a page of steps.</summary>
    public async Task TabToAsync(ILocator wanted)
    {
        await Assertions.Expect(wanted).ToBeVisibleAsync();
        for (var step = 0; step < 60; step++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }
        Assert.Fail($"{wanted} is not reached by Tab.");
    }

    /// <summary>Where on the screen the middle of what is drawn on the canvas of the sites lies: of the one site, where one is shown.</summary>
    public async Task<(float X, float Y)> FindColouredAsync()
    {
        var at = await Page.Locator(".leaflet-sites-pane canvas").EvaluateAsync<float[]>(
            """
            canvas => {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let [x, y, count] = [0, 0, 0];
              for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) { x += (at / 4) % canvas.width; y += Math.floor(at / 4 / canvas.width); count++; }
              const box = canvas.getBoundingClientRect();
              return [box.left + x / count * box.width / canvas.width, box.top + y / count * box.height / canvas.height];
            }
            """);
        return (at[0], at[1]);
    }

    /// <summary>How many points of the canvas of the sites have one of these colours of the legend.</summary>
    public Task<int> CountColouredAsync(params string[] colours) => Page.Locator(".leaflet-sites-pane canvas").EvaluateAsync<int>(
        """
        (canvas, colours) => {
          const wanted = colours.map(colour => parseInt(colour.slice(1), 16));
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255 && wanted.includes(data[at] * 65536 + data[at + 1] * 256 + data[at + 2])) count++;
          return count;
        }
        """, colours);

    /// <summary>No serious or critical finding of axe on the page as it stands.</summary>
    public async Task CheckAccessibilityAsync()
    {
        // Nothing is there before the circuit is: axe would look at an empty page.
        await Assertions.Expect(Page).ToHaveTitleAsync(new Regex("."));
        var found = await FindByAxeAsync();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>The serious and critical findings of axe on the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> FindByAxeAsync()
    {
        // Straight in the page: it has no frames whose findings had to be put together in a page of their own.
        await Page.EvaluateAsync(Axe.GetScript());
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run({ resultTypes: ['violations'] })).violations
              .filter(violation => ['serious', 'critical'].includes(violation.impact))
              .map(violation => `${violation.id}: ${violation.help} ${violation.nodes.map(node => node.html).join(', ')}`)
            """);
    }

    /// <summary>Keeps a picture under TestResults for whoever wants to look.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(PortalHome.Folder, "TestResults", "pictures", $"{name}.png") });

    private void Note(string? complaint)
    {
        if (complaint is not null && expected?.IsMatch(complaint) != true)
            complaints.Enqueue(complaint);
    }
}

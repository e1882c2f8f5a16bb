using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Browser;

[CollectionDefinition(nameof(BrowserPortal))]
public sealed class BrowserPortalTests : ICollectionFixture<BrowserPortal>;

/// <summary>Walks beside the others, on a portal and in a browser of their own: one after another they would take too long.</summary>
[CollectionDefinition(nameof(SecondBrowser))]
public sealed class SecondBrowser : ICollectionFixture<BrowserPortal>;

/// <summary>Pages that are only looked at, on a portal where nobody changes anything.</summary>
[CollectionDefinition(nameof(QuietBrowser))]
public sealed class QuietBrowser : ICollectionFixture<BrowserPortal>;

/// <summary>A running portal and a browser before it. Elements are found as a person finds them: by role and by the words on the screen.</summary>
public sealed class BrowserPortal(TestCluster cluster) : RunningPortal(cluster)
{
    private readonly ConcurrentDictionary<string, Task<string>> signedIn = new();
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(40_000);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Walks as a demo account, or as nobody for null. A walk fails on what browser or server complain of, too; where it ends a picture is kept.</summary>
    public async Task WalkAsync(string? account, Func<Visitor, Task> walk, int width = 1440, int height = 900, [CallerMemberName] string name = "")
    {
        var state = account is null ? null : await signedIn.GetOrAdd(account, SignInAsync);
        await WalkAsync(state, $"{name}-{account ?? "nobody"}-{width}", walk, width, height, Address);
    }

    /// <summary>Walks as nobody on an address with a name: devices make no passkey for a number.</summary>
    public Task WalkOnLocalhostAsync(Func<Visitor, Task> walk, [CallerMemberName] string name = "") =>
        WalkAsync(null, name, walk, 1440, 900, new UriBuilder(Address) { Host = "localhost" }.Uri);

    private async Task WalkAsync(string? state, string picture, Func<Visitor, Task> walk, int width, int height, Uri address)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            StorageState = state,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var visitor = new Visitor(await context.NewPageAsync(), address);
        try
        {
            await walk(visitor);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException(string.Join('\n', [Start(fault.Message), .. visitor.Complaints, .. Faults.Take()]), fault);
        }
        finally
        {
            await visitor.PictureAsync(picture);
        }
        List<string> complaints = [.. visitor.Complaints, .. Faults.Take()];
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    // A message of the browser ends with all that is on the page.
    private static string Start(string message) => message.Length > 2000 ? message[..2000] : message;

    // Without a page: that the form works is shown by the walks through the door.
    private async Task<string> SignInAsync(string account)
    {
        var (name, value) = await CookieAsync(account);
        return JsonSerializer.Serialize(new
        {
            cookies = new[] { new { name, value, domain = Address.Host, path = "/", expires = -1, httpOnly = true, secure = false, sameSite = "Lax" } },
            origins = Array.Empty<object>(),
        });
    }
}

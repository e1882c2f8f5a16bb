using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>A database behind a wire that is cut: what the portal says meanwhile, what it logs, and how it comes back.</summary>
[Collection(nameof(HttpPortal))]
public sealed class DatabaseAwayTests(HttpPortal portal) : IAsyncLifetime
{
    // What is possible again works again after half a minute at the longest.
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(30);

    private DatabaseAbsence Absence => portal.Services.GetRequiredService<DatabaseAbsence>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        portal.Wire.Mend();
        await BackAsync();
        portal.Faults.Take();
    }

    private static readonly (string Method, string Address, string Accept, int Status)[] Asked =
    [
        ("GET", "/", "text/html", 503), ("GET", "/intake", "text/html", 503), ("GET", "/overview?sort=name", "text/html", 503), ("GET", "/nowhere", "text/html", 503),
        ("GET", "/sign-in", "text/html", 503), ("POST", "/sign-in", "text/html", 503), ("GET", "/map/sites", "application/json", 503),
        ("GET", "/intake/1/file", "*/*", 503), ("POST", "/intake/files", "*/*", 503), ("POST", "/_blazor/negotiate?negotiateVersion=1", "*/*", 503),
        ("GET", "/healthz", "*/*", 200), ("GET", "/readyz", "*/*", 503), ("GET", "/css/base.css", "text/css", 200), ("GET", "/language?culture=en&returnUrl=/", "text/html", 302),
    ];

    [Fact]
    public async Task Cut_EveryAddress_SaysSoAndNeverLeadsToTheDoor_AndTheSameSessionGoesOn()
    {
        var client = await portal.FreshAsync("manager");
        portal.Wire.Break();
        foreach (var (method, address, accept, status) in Asked)
        {
            using var request = new HttpRequestMessage(new(method), address) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
            using var answer = await client.SendAsync(request);
            Assert.Equal((address, status), (address, (int)answer.StatusCode));
            if (status != 503 || address == "/readyz")
                continue;
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal(accept == "text/html" ? "text/html" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var words = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Contains(accept == "text/html" ? "<h1>Cơ sở dữ liệu tạm thời không trả lời</h1>" : "title", words, StringComparison.Ordinal);
            Assert.Equal(accept == "text/html" && method == "GET", words.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal));
            Assert.DoesNotContain("Npgsql", words, StringComparison.Ordinal);
        }
        // The language was switched by the last of them.
        using (var english = new HttpRequestMessage(HttpMethod.Get, "/intake") { Headers = { Accept = { new("text/html") } } })
            Assert.Contains("The database does not answer for the moment", await (await client.SendAsync(english)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        portal.Wire.Mend();
        await BackAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/map/sites")).StatusCode);
    }

    [Fact]
    public async Task Fault_HoweverManyAreTurnedAway_IsOneLineAtItsBeginningAndOneAtItsEnd()
    {
        var client = await portal.ClientAsync("manager");
        await EndAsync();
        using var lines = new LogLines();
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        using var door = portal.Stranger();
        var typed = SignInForm.Hidden(await door.GetStringAsync("/sign-in"));
        (typed["userName"], typed["password"]) = ("manager", RunningPortal.Password);
        portal.Wire.Break();
        // The first to meet it: in the middle of its work, and not turned away before.
        using (var form = new FormUrlEncodedContent(typed))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await door.PostAsync("/sign-in", form)).StatusCode);
        // Known to the workers of the portal, too, which ask every second or two.
        var since = Stopwatch.StartNew();
        for (var turn = 0; turn < 200 || since.Elapsed < TimeSpan.FromSeconds(3); turn++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/map/sites")).StatusCode);
        portal.Wire.Mend();
        await EndAsync();
        Assert.Equal(2, lines.All.Count);
        Assert.StartsWith("QuanTrac.Portal.Shell.DatabaseAbsence: The database is away: ", lines.All[0], StringComparison.Ordinal);
        var end = Regex.Match(lines.All[1], @"The database answers again after [\d.]+ s; (\d+) requests were turned away\.");
        Assert.True(end.Success && int.Parse(end.Groups[1].Value, CultureInfo.InvariantCulture) >= 200, lines.All[1]);
    }

    [Fact]
    public async Task Stalled_WhoAsks_IsAnsweredInTimeAndNotHeldForEver()
    {
        var client = await portal.ClientAsync("manager");
        portal.Wire.Stall();
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync("/map/sites");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        portal.Wire.Mend();
        await BackAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/map/sites")).StatusCode);
    }

    private async Task BackAsync()
    {
        using var limit = new CancellationTokenSource(Back);
        while (Absence.IsAway)
            await Task.Delay(50, limit.Token);
    }

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(Back);
        while (Absence.IsFault)
            await Task.Delay(50, limit.Token);
    }
}

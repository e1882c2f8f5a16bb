using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What the page of another site sends through somebody's browser is not done, whatever the address; what our own sends is.</summary>
[Collection(nameof(HttpPortal))]
public sealed partial class OriginTests(HttpPortal portal)
{
    private const string Refused = "trang của nơi khác";

    // A sibling is another host of the same site, to which browsers send the cookies: SameSite knows no ports either.
    private string[] Strangers => ["https://elsewhere.example", "null", $"http://127.0.0.1:{portal.Address.Port + 1}", $"https://{portal.Address.Authority}", $"http://a.{portal.Address.Authority}"];

    [Fact]
    public async Task Send_EveryAddressThatTakesMoreThanGet_FromAnotherOrigin_IsRefused()
    {
        var client = await portal.ClientAsync("admin");
        var addresses = Unsafe().ToList();
        Assert.InRange(addresses.Count, 30, 1000);
        Assert.Contains(("POST", "/_blazor/negotiate"), addresses);
        Assert.Contains(("POST", "/sign-in"), addresses);
        foreach (var (method, address) in addresses)
        {
            foreach (var origin in Strangers)
                Assert.Equal((method, address, origin, true), (method, address, origin, await IsRefusedAsync(client, method, address, ("Origin", origin))));
            foreach (var site in new[] { "cross-site", "same-site" })
                Assert.Equal((method, address, site, true), (method, address, site, await IsRefusedAsync(client, method, address, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"))));
        }
    }

    [Theory]
    [InlineData("Origin", "own")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Send_FromOurOwnPage_IsDone(string header, string value)
    {
        var client = await portal.ClientAsync("manager");
        using var answer = await SendAsync(client, "POST", "/activity", (header, value == "own" ? portal.Address.GetLeftPart(UriPartial.Authority) : value));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Somebody may follow a link to us; what a foreign page loads into itself, or an address that changes something, is another matter.</summary>
    [Theory]
    [InlineData("/standards", "cross-site", "navigate", "document", false)]
    [InlineData("/map/sites", "same-origin", "cors", "empty", false)]
    [InlineData("/language?culture=vi", "same-origin", "navigate", "document", false)]
    [InlineData("/map/sites", "same-site", "no-cors", "script", true)]
    [InlineData("/map/sites", "cross-site", "cors", "empty", true)]
    [InlineData("/duties/download", "same-site", "no-cors", "image", true)]
    [InlineData("/standards", "same-site", "navigate", "iframe", true)]
    [InlineData("/standards", "cross-site", "no-cors", "object", true)]
    [InlineData("/language?culture=vi", "cross-site", "navigate", "document", true)]
    [InlineData("/sign-in/agency", "same-site", "navigate", "document", true)]
    [InlineData("/_blazor?id=x", "same-site", "navigate", "document", true)]
    public async Task Get_FromElsewhere_IsAVisitOrRefused(string address, string site, string mode, string target, bool refused) =>
        Assert.Equal(refused, await IsRefusedAsync(await portal.ClientAsync("manager"), "GET", address, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", target)));

    [Fact]
    public async Task Circuit_FromAnotherOrigin_GetsNoWire()
    {
        await portal.MakeAccountAsync("o-wire", Role.Manager, "SONNMT");
        var cookie = await portal.CookieAsync("o-wire");
        foreach (var origin in Strangers)
            Assert.Equal((origin, HttpStatusCode.Forbidden), (origin, await WireAsync(origin, cookie)));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await WireAsync(portal.Address.GetLeftPart(UriPartial.Authority), cookie));
    }

    /// <summary>Behind a proxy that ends TLS and says nothing of it: the address that was told says what is ours, and cookies are for https alone.</summary>
    [Fact]
    public async Task PublicAddress_WhereItIsTold_IsOurOriginAndTheOnlyName()
    {
        using var folder = new TempFolder();
        await using var node = await portal.SecondNodeAsync(folder.Path, settings => settings with { PublicAddress = new("https://quantrac.example.vn") });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(node.Urls.Single()) };
        using (var answer = await SendAsync(client, "POST", "/activity", ("Origin", "https://quantrac.example.vn")))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.True(await IsRefusedAsync(client, "POST", "/activity", ("Origin", "http://quantrac.example.vn")));
        Assert.True(await IsRefusedAsync(client, "POST", "/activity", ("Origin", "https://other.example.vn")));
        foreach (var (host, status) in new[] { ("quantrac.example.vn", HttpStatusCode.OK), ("localhost", HttpStatusCode.OK), ("10.0.0.7", HttpStatusCode.OK), ("rebound.example", HttpStatusCode.MisdirectedRequest) })
        {
            using var answer = await SendAsync(client, "GET", "/healthz", ("Host", host), ("X-Forwarded-Host", "quantrac.example.vn"));
            Assert.Equal((host, status), (host, answer.StatusCode));
        }
        using var door = await SendAsync(client, "GET", "/sign-in", ("Host", "quantrac.example.vn"));
        Assert.NotEmpty(door.Headers.GetValues("Strict-Transport-Security"));
        var form = SignInForm.Hidden(await door.Content.ReadAsStringAsync());
        form["userName"] = "guest";
        form["password"] = QuanTrac.Portal.Features.Demo.DemoAccounts.Password;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", string.Join("; ", door.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        using var entered = await client.SendAsync(request);
        var cookies = door.Headers.GetValues("Set-Cookie").Concat(entered.Headers.GetValues("Set-Cookie")).ToList();
        Assert.All(cookies, cookie => Assert.Matches("(?i); secure", cookie));
        Assert.All(cookies, cookie => Assert.Matches("(?i); httponly", cookie));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-quantrac=", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-quantrac-form=", StringComparison.Ordinal));
    }

    private IEnumerable<(string Method, string Address)> Unsafe() => portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["POST"])
            .Select(method => (method, "/" + Hole().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1"))))
        .Where(one => one.Item1 is not ("GET" or "HEAD" or "OPTIONS")).Distinct();

    private static async Task<bool> IsRefusedAsync(HttpClient client, string method, string address, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(client, method, address, headers);
        return answer.StatusCode == HttpStatusCode.Forbidden && (await answer.Content.ReadAsStringAsync()).Contains(Refused, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> WireAsync(string origin, (string Name, string Value) cookie)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Cookie", $"{cookie.Name}={cookie.Value}");
        try
        {
            await socket.ConnectAsync(new UriBuilder(portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }
        return socket.HttpStatusCode;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}

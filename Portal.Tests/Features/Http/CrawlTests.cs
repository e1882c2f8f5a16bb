using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>A walk to every page and endpoint with what nobody should send: without an account and with each, by every method, with wrong content and wrong words in
/// the address. No answer is a fault of the server, shows its inside, or lacks a header.
/// On a portal of its own: what it sends in is counted.</summary>
public sealed partial class CrawlTests(HttpPortal portal) : IClassFixture<HttpPortal>
{
    private static readonly string[] Words = ["999999", "99999999999999999999", "'%3B DROP TABLE account%3B--", "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "..%2F..%2Fetc%2Fpasswd"];
    private static readonly string[] Methods = ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Needed = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"];

    [GeneratedRegex(@"Exception\b|\n\s+at [\w.]+\(|Npgsql|PostgresException|System\.\w+\.|SQLSTATE|\.cs:line|QuanTrac\.Portal\.D|Microsoft\.AspNetCore")]
    private static partial Regex Inside { get; }

    [Theory]
    [InlineData(null)]
    [InlineData("admin")]
    [InlineData("manager")]
    [InlineData("halong")]
    [InlineData("parent")]
    [InlineData("company")]
    [InlineData("guest")]
    public async Task Walk_ToEveryAddressWithWrongThings_IsAnsweredInPlainWords(string? account)
    {
        // An address of its own: the door counts.
        var client = account is null ? portal.Stranger("127.0.4.1") : await portal.ClientAsync(account);
        var wrong = new List<string>();
        portal.Faults.Take();
        foreach (var route in Routes())
        {
            foreach (var word in route.Contains('{', StringComparison.Ordinal) ? Words : Words[^2..])
                wrong.AddRange(await AskAsync(client, "GET", $"{Parameter.Replace(route, word)}?id={word}&returnUrl={word}&site={word}&from={word}&culture={word}&text=%00", null));
            var first = Parameter.Replace(route, Words[0]);
            foreach (var method in Methods)
                wrong.AddRange(await AskAsync(client, method, first, null));
            wrong.AddRange(await AskAsync(client, "POST", first, new StringContent("{\"role\": \"admin\", \"__proto__\": 1", Encoding.UTF8, "application/json")));
            wrong.AddRange(await AskAsync(client, "POST", first, new ByteArrayContent([0, 255, 1, 254]) { Headers = { ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } } } }));
            wrong.AddRange(await AskAsync(client, "POST", first, new FormUrlEncodedContent([new("__RequestVerificationToken", "x"), new("role", "admin"), new("organisationCode", "SONNMT"), new("_handler", "sign-in")])));
        }
        wrong.AddRange(portal.Faults.Take());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(60)));
        if (account is null)
            client.Dispose();
    }

    /// <summary>The pages themselves speak over the circuit; what they say to each role is in Scope/PagesTests.</summary>
    private IEnumerable<string> Routes() => portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Where(route => !route.StartsWith("/lib/", StringComparison.Ordinal) && !route.StartsWith("/css/", StringComparison.Ordinal) && !route.StartsWith("/_framework/", StringComparison.Ordinal))
        .Where(route => Path.GetExtension(route) is "" || route.Contains('{', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter { get; }

    private static async Task<IReadOnlyList<string>> AskAsync(HttpClient client, string method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = content };
        if (method == "GET")
            request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var what = $"{method} {address} → {(int)answer.StatusCode}";
        var wrong = new List<string>();
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            wrong.Add(what);
        wrong.AddRange(Needed.Where(header => !answer.Headers.Contains(header)).Select(header => $"{what} lacks {header}"));
        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"))
            wrong.Add($"{what} says what it runs on");
        // What streams to whoever listens has no end.
        if (answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/json" or "text/plain" or "application/problem+json"
            && Inside.Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)) is { Success: true } inside)
            wrong.Add($"{what} shows \"{inside.Value.Trim()}\"");
        return wrong;
    }
}

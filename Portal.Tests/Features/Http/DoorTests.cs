using System.Net;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What a stranger may reach, and what every answer bears.</summary>
[Collection(nameof(HttpPortal))]
public sealed class DoorTests(HttpPortal portal)
{
    // Words of the program's inside that no answer may show.
    private static readonly string[] Technical = ["Exception", "   at ", "Npgsql", "System.", "SELECT", "stack", ".cs:line", "QuanTrac.Portal.D"];

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/sign-in")]
    public async Task Get_WithoutSignIn_IsOpen(string address)
    {
        using var client = portal.Stranger();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/intake")]
    [InlineData("/intake/1")]
    [InlineData("/intake/1/file")]
    [InlineData("/intake/1/marked")]
    [InlineData("/intake/1/extract")]
    [InlineData("/assessment/proof/1")]
    public async Task Get_WithoutSignIn_LeadsToTheDoor(string address)
    {
        using var client = portal.Stranger();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", new Uri(portal.Address, answer.Headers.Location!).AbsolutePath);
    }

    /// <summary>A form has no use for two megabytes, and what a stranger sends is not read to its end.</summary>
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/ask-account")]
    [InlineData("/sign-in/passkey")]
    public async Task Post_LargeForm_IsRefused(string address)
    {
        using var client = portal.Stranger();
        using var form = new FormUrlEncodedContent([new("userName", new string('a', 2_000_000))]);
        // It asks before it sends: whoever sends into a door that shuts may lose the answer.
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form, Headers = { ExpectContinue = true } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Theory]
    [InlineData("GET", "/map/sites")]
    [InlineData("POST", "/intake/files")]
    [InlineData("POST", "/sign-out")]
    [InlineData("POST", "/_blazor/negotiate")]
    public async Task Send_WithoutSignIn_IsRefused(string method, string address)
    {
        using var client = portal.Stranger();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/intake/999999/file", HttpStatusCode.NotFound)]
    [InlineData("GET", "/intake/abc/file", HttpStatusCode.NotFound)]
    [InlineData("GET", "/assessment/proof/999999999", HttpStatusCode.NotFound)]
    [InlineData("GET", "/assessment/proof/abc", HttpStatusCode.NotFound)]
    [InlineData("GET", "/assessment/proof/99999999999999999999", HttpStatusCode.NotFound)]
    [InlineData("POST", "/map/sites", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/intake/files", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/sign-in", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/sign-out", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/intake/files", HttpStatusCode.BadRequest)]
    public async Task Send_WhatIsWrong_IsRefusedInPlainWords(string method, string address, HttpStatusCode expected)
    {
        var client = await portal.ClientAsync("manager");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Technical, word => text.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "Không tìm thấy")]
    [InlineData("/intake/999999/file", HttpStatusCode.NotFound, "Không tìm thấy")]
    // The demo database comes without its files: a fault of the server.
    [InlineData("/intake/1/file", HttpStatusCode.InternalServerError, "Số tham chiếu")]
    public async Task Get_PageThatCannotBeShown_SaysSoInPlainWords(string address, HttpStatusCode expected, string words)
    {
        var client = await portal.ClientAsync("manager");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Technical, word => text.Contains(word, StringComparison.Ordinal));
        Assert.Contains(words, await HttpPortal.WordsAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/map/sites")]
    [InlineData("/healthz")]
    [InlineData("/css/base.css")]
    [InlineData("/intake/1/file")]
    public async Task Get_Anything_BearsTheSecurityHeaders(string address)
    {
        var client = await portal.ClientAsync("manager");
        using var first = await client.GetAsync(address, TestContext.Current.CancellationToken);
        var policy = Assert.Single(first.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Matches("script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='(;|$)", policy);
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(first.Headers.GetValues("Referrer-Policy")));
        Assert.False(first.Headers.Contains("Server"), "The answer names the server's program.");
        using var second = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.NotEqual(policy, Assert.Single(second.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Get_Language_IsKeptInACookieAndChangesThePage()
    {
        using var client = portal.Stranger();
        Assert.Contains("<html lang=\"vi\"", await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var answer = await client.GetAsync("/language?culture=en&returnUrl=%2Fsign-in", TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
        Assert.Contains("<html lang=\"en\"", await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var odd = await client.GetAsync("/language?culture=xx&returnUrl=https%3A%2F%2Felsewhere.example", TestContext.Current.CancellationToken);
        Assert.Equal("/", odd.Headers.Location!.OriginalString);
        Assert.Contains("<html lang=\"vi\"", await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}

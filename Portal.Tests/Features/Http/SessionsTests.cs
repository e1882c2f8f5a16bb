using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;
using System.Net;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>A cookie opens what its session opens, and only as long.</summary>
[Collection(nameof(HttpPortal))]
public sealed class SessionsTests(HttpPortal portal)
{
    [Theory]
    [InlineData("s-everywhere", "UPDATE account_session SET ended_at = now(), end_reason = 'everywhere'", "everywhere")]
    [InlineData("s-idle", "UPDATE account_session SET seen_at = now() - interval '31 minutes'", "idle")]
    [InlineData("s-expired", "UPDATE account_session SET ends_at = now()", "expired")]
    [InlineData("s-locked", "UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Kiểm thử'", "locked")]
    [InlineData("s-left", "UPDATE account SET left_at = now()", "locked")]
    [InlineData("s-until", "UPDATE account SET valid_until = portal_today() - 1", "locked")]
    [InlineData("s-role", "UPDATE account SET role = 'facility'", "rights")]
    [InlineData("s-moved", "UPDATE account SET organisation_code = 'BQLVHL'", "rights")]
    public async Task Session_ThatIsOver_LeadsToTheDoorWithItsReason(string name, string end, string reason)
    {
        var client = await EnterAsync(name);
        var of = end.Contains("account_session", StringComparison.Ordinal)
            ? $"account_id = (SELECT id FROM account WHERE user_name = '{name}')" : $"user_name = '{name}'";
        var answer = await PutOutAsync(client, $"{end} WHERE {of}");
        Assert.Equal($"/sign-in?ended={reason}&returnUrl=%2Fstandards", answer.Headers.Location!.OriginalString);
        using var data = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, data.StatusCode);
    }

    /// <summary>What a page asks for by itself, and its circuit, do not keep a session alive; a person does.</summary>
    [Fact]
    public async Task Session_InWhichPagesWorkAlone_GrowsIdle()
    {
        var client = await EnterAsync("s-alone");
        var book = portal.Services.GetRequiredService<SessionBook>();
        const string session = "FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name = 's-alone' AND s.ended_at IS NULL";
        await book.SettleAsync([], TestContext.Current.CancellationToken);
        await portal.ExecuteAsync($"UPDATE account_session SET seen_at = now() - interval '20 minutes' WHERE id = (SELECT s.id {session})");
        foreach (var address in new[] { "/map/sites", "/standards", "/duties/download", "/_blazor/initializers" })
        {
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        using (var wire = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, wire.StatusCode);
        await book.SettleAsync([], TestContext.Current.CancellationToken);
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) {session} AND s.seen_at < now() - interval '19 minutes'"));
        using (var moved = await client.PostAsync("/activity", null, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        await book.SettleAsync([], TestContext.Current.CancellationToken);
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) {session} AND s.seen_at > now() - interval '1 minute'"));
    }

    /// <summary>Whoever copied the cookie before holds nothing after.</summary>
    [Fact]
    public async Task Cookie_OfASessionThatWasSignedOut_OpensNothing()
    {
        await portal.MakeAccountAsync("s-copied", Role.Guest, "MAU-KHACH", RunningPortal.Password);
        using var client = portal.Stranger("127.0.2.1");
        using var signedIn = await HttpPortal.SignInAsync(client, "s-copied", RunningPortal.Password);
        var copied = CookieOf(signedIn);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", await HttpPortal.TokenAsync(client))]);
        using var signedOut = await client.PostAsync("/sign-out", form, TestContext.Current.CancellationToken);
        await AssertOpensNothingAsync(copied);
    }

    /// <summary>Session fixation: what was in the browser before signing in is neither taken over nor left open.</summary>
    [Fact]
    public async Task SignIn_OverAnotherSession_EndsItAndMakesANewOne()
    {
        await portal.MakeAccountAsync("s-first", Role.Guest, "MAU-KHACH", RunningPortal.Password);
        await portal.MakeAccountAsync("s-second", Role.Guest, "MAU-KHACH", RunningPortal.Password);
        using var client = portal.Stranger("127.0.2.2");
        using var first = await HttpPortal.SignInAsync(client, "s-first", RunningPortal.Password);
        using var second = await HttpPortal.SignInAsync(client, "s-second", RunningPortal.Password);
        Assert.NotEqual(CookieOf(first), CookieOf(second));
        await AssertOpensNothingAsync(CookieOf(first));
        Assert.Equal(1, await portal.CountAsync(
            "SELECT count(*) FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name IN ('s-first', 's-second') AND s.ended_at IS NULL"));
    }

    /// <summary>A form's token belongs to one browser and one account: neither another browser nor the same one after signing in may send it again.</summary>
    [Fact]
    public async Task AntiforgeryToken_OfAnotherBrowserOrOfBefore_IsRefused()
    {
        await portal.MakeAccountAsync("s-token", Role.Guest, "MAU-KHACH");
        using var mine = portal.Stranger("127.0.2.6");
        using var other = portal.Stranger("127.0.2.7");
        var before = await HttpPortal.TokenAsync(mine);
        using (await HttpPortal.SignInAsync(mine, "s-token", RunningPortal.Password))
        using (await HttpPortal.SignInAsync(other, "s-token", RunningPortal.Password))
        {
            foreach (var (client, token) in new[] { (mine, before), (other, await HttpPortal.TokenAsync(mine)) })
            {
                using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
                using var answer = await client.PostAsync("/sign-out", form, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }
    }

    /// <summary>No account without its organisation: names that have ended open nothing.</summary>
    [Fact]
    public async Task Session_OfARemovedOrganisation_IsOver()
    {
        await portal.ExecuteAsync(
            """
            INSERT INTO organisation (code, kind, confidence, origin) VALUES ('S-GONE', 'body', 'high', 'local');
            INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, 'Đơn vị sẽ giải thể', '(,)', 'high' FROM organisation WHERE code = 'S-GONE'
            """);
        var client = await EnterAsync("s-gone", "S-GONE");
        const string end = "UPDATE organisation_name SET valid = '(,2020-01-01)' WHERE organisation_id = (SELECT id FROM organisation WHERE code = 'S-GONE')";
        Assert.Contains("ended=locked", (await PutOutAsync(client, end)).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "203.0.113.9", true)]
    [InlineData("10.0.0.0/8, 192.168.1.7", "10.20.30.40", true)]
    [InlineData("10.0.0.0/8, 192.168.1.7", "192.168.1.7", true)]
    [InlineData("10.0.0.0/8, 192.168.1.7", "::ffff:10.1.1.1", true)]
    [InlineData("10.0.0.0/8, 192.168.1.7", "192.168.1.8", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "10.0.0.1", false)]
    public void AdminAddresses_Administrator_ComesInFromTheListAlone(string list, string from, bool allowed)
    {
        Assert.Equal(allowed, AdminAddresses.Of(list).Allow(Role.Admin, IPAddress.Parse(from)));
        Assert.True(AdminAddresses.Of(list).Allow(Role.Manager, IPAddress.Parse(from)));
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("trung tam")]
    public void AdminAddresses_WrongList_IsSaidAtTheStart(string list) =>
        Assert.Contains(list, Assert.Throws<InvalidOperationException>(() => AdminAddresses.Of(list)).Message, StringComparison.Ordinal);

    private async Task<HttpClient> EnterAsync(string name, string organisation = "SONNMT")
    {
        await portal.MakeAccountAsync(name, Role.Manager, organisation, RunningPortal.Password);
        var client = portal.Stranger("127.0.2.3");
        using var answer = await HttpPortal.SignInAsync(client, name, RunningPortal.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var page = await AskForPageAsync(client);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return client;
    }

    // An answer of the database counts for two seconds.
    private async Task<HttpResponseMessage> PutOutAsync(HttpClient client, string end)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            await portal.ExecuteAsync(end);
            var answer = await AskForPageAsync(client);
            if (answer.StatusCode == HttpStatusCode.Redirect)
                return answer;
            answer.Dispose();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException("The session goes on.");
    }

    private static Task<HttpResponseMessage> AskForPageAsync(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/standards") { Headers = { { "Accept", "text/html" } } };
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("quantrac=", StringComparison.Ordinal)).Split(';')[0];

    private async Task AssertOpensNothingAsync(string cookie)
    {
        using var other = portal.Stranger("127.0.2.4");
        HttpStatusCode? status = null;
        for (var attempt = 0; attempt < 100 && status != HttpStatusCode.Unauthorized; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites") { Headers = { { "Cookie", cookie } } };
            using var answer = await other.SendAsync(request, TestContext.Current.CancellationToken);
            status = answer.StatusCode;
            await Task.Delay(status == HttpStatusCode.Unauthorized ? 0 : 100, TestContext.Current.CancellationToken);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }
}

using System.Net;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The door: what it says, and what it does not tell.</summary>
[Collection(nameof(HttpPortal))]
public sealed class SignInTests(HttpPortal portal)
{
    [Fact]
    public async Task SignIn_WrongPasswordAndUnknownName_SayTheSame()
    {
        using var client = portal.Stranger("127.0.1.1");
        var wrong = await SayAsync(client, "fisheries", "not this one");
        Assert.Contains("không đúng", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, await SayAsync(client, "nobody", "not this one"));
        Assert.Equal(wrong, await SayAsync(client, "", ""));
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_ShutTheNetworkOutWithoutTellingThatTheAccountExists()
    {
        await portal.MakeAccountAsync("locked", Role.Guest, "MAU-KHACH");
        using var client = portal.Stranger("127.0.1.2");
        var known = new List<string>();
        var unknown = new List<string>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            known.Add(await SayAsync(client, "locked", "not this one"));
            unknown.Add(await SayAsync(client, "nobody", "not this one"));
        }
        Assert.Equal(unknown, known);
        using (var right = await HttpPortal.SignInAsync(client, "locked", RunningPortal.Password))
            Assert.NotEqual(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM sign_in_trial WHERE subject = '{SignInTrial.SubjectOf(await portal.IdAsync("locked"))}' AND lane = '127.0.1.2' AND shut_until > now()"));
        Assert.Equal("locked_out", await portal.ReadAsync($"SELECT portal_account_state({await portal.IdAsync("locked")}, now())"));
        using var elsewhere = portal.Stranger("127.0.1.8");
        using var entered = await HttpPortal.SignInAsync(elsewhere, "locked", RunningPortal.Password);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
    }

    /// <summary>Whoever signed in here before is not shut out by what others try from the same address; another password takes the mark away.</summary>
    [Fact]
    public async Task SignIn_FromAKnownDevice_IsNotShutOutByOthers()
    {
        await portal.MakeAccountAsync("own-device", Role.Guest, "MAU-KHACH");
        using var own = portal.Stranger("127.0.1.9");
        using (await HttpPortal.SignInAsync(own, "own-device", RunningPortal.Password))
        using (var stranger = portal.Stranger("127.0.1.9"))
        {
            for (var attempt = 0; attempt < 5; attempt++)
                await SayAsync(stranger, "own-device", "not this one");
            using var shut = await HttpPortal.SignInAsync(stranger, "own-device", RunningPortal.Password);
            Assert.NotEqual(HttpStatusCode.Redirect, shut.StatusCode);
        }
        using (var known = await HttpPortal.SignInAsync(own, "own-device", RunningPortal.Password))
            Assert.Equal(HttpStatusCode.Redirect, known.StatusCode);
        await portal.ExecuteAsync("UPDATE account SET security_stamp = 'another' WHERE user_name = 'own-device'");
        using var forgotten = await HttpPortal.SignInAsync(own, "own-device", RunningPortal.Password);
        Assert.NotEqual(HttpStatusCode.Redirect, forgotten.StatusCode);
    }

    [Fact]
    public async Task SignIn_TooManyFromOneAddress_IsRefusedThereAndNotElsewhere()
    {
        using var client = portal.Stranger("127.0.1.3");
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 31; attempt++)
        {
            using var answer = await HttpPortal.SignInAsync(client, "nobody", "not this one");
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                Assert.Contains("một phút", await HttpPortal.WordsAsync(answer), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        using var other = portal.Stranger("127.0.1.4");
        using var elsewhere = await HttpPortal.SignInAsync(other, "company", DemoAccounts.Password);
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("/intake?state=draft", "/intake?state=draft")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/elsewhere.example", "/")]
    public async Task SignIn_ReturnAddress_StaysInThePortal(string asked, string reached)
    {
        using var client = portal.Stranger("127.0.1.5");
        using var answer = await HttpPortal.SignInAsync(client, "guest", DemoAccounts.Password, asked);
        Assert.Equal(new Uri(portal.Address, reached), new Uri(portal.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task SignIn_Cookie_IsOutOfReachOfScripts()
    {
        using var client = portal.Stranger("127.0.1.6");
        using var answer = await HttpPortal.SignInAsync(client, "guest", DemoAccounts.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("quantrac=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignOut_WithItsToken_EndsTheSession()
    {
        using var client = portal.Stranger("127.0.1.7");
        using var signedIn = await HttpPortal.SignInAsync(client, "guest", DemoAccounts.Password);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await HttpPortal.TokenAsync(client) });
        using var answer = await client.PostAsync("/sign-out", form, TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
        using var after = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    private static async Task<string> SayAsync(HttpClient client, string name, string password)
    {
        using var answer = await HttpPortal.SignInAsync(client, name, password);
        return await HttpPortal.WordsAsync(answer);
    }
}

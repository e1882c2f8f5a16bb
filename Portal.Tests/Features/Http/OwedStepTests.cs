using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What an account owes at its first sign-in holds everything back; changing the password ends what was open.</summary>
[Collection(nameof(HttpPortal))]
public sealed class OwedStepTests(HttpPortal portal)
{
    private const string Own = "ba con tàu ngoài khơi 58";

    [Fact]
    public async Task FirstSignIn_BeforeThePasswordIsChanged_OpensThatPageAlone()
    {
        var given = await portal.GrantAccountAsync("owed-password", Role.Facility, "MAU-A");
        using var client = portal.Stranger("127.0.3.1");
        using var signedIn = await HttpPortal.SignInAsync(client, "owed-password", given, "/duties?state=all");
        foreach (var page in new[] { "/", "/overview", "/account", "/account/second-step", "/duties?state=all" })
        {
            using var answer = await client.GetAsync(page);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal($"/account/password?returnUrl={Uri.EscapeDataString(page)}", answer.Headers.Location!.OriginalString);
        }
        foreach (var (method, address) in new[] { ("GET", "/map/sites"), ("GET", "/duties/download"), ("POST", "/intake/files"), ("POST", "/_blazor/negotiate"), ("POST", "/account/passkeys/options"), ("POST", "/account/sign-out-everywhere") })
        {
            using var request = new HttpRequestMessage(new(method), address);
            using var answer = await client.SendAsync(request);
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, answer.StatusCode));
        }
        foreach (var open in new[] { "/account/password", "/css/base.css", "/healthz" })
        {
            using var answer = await client.GetAsync(open);
            Assert.Equal((open, HttpStatusCode.OK), (open, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Password_GrownOld_IsSaidAndChangedBeforeAnythingOpens()
    {
        await portal.MakeAccountAsync("owed-old", Role.Facility, "MAU-A");
        var id = await portal.IdAsync("owed-old");
        // As the job of the night leaves it.
        await portal.ExecuteAsync($"UPDATE account SET must_change_password = true WHERE id = {id}");
        using var client = portal.Stranger("127.0.3.9");
        using var signedIn = await HttpPortal.SignInAsync(client, "owed-old", RunningPortal.Password);
        Assert.Contains("đã hết hạn", await HttpPortal.WordsAsync(await client.GetAsync("/account/password")), StringComparison.Ordinal);
        using var same = await ChangeAsync(client, RunningPortal.Password, RunningPortal.Password, RunningPortal.Password);
        Assert.Contains("trùng", await HttpPortal.WordsAsync(same), StringComparison.Ordinal);
        using var changed = await ChangeAsync(client, RunningPortal.Password, Own, Own);
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        using var layer = await client.GetAsync("/map/sites");
        Assert.Equal(HttpStatusCode.OK, layer.StatusCode);
    }

    [Fact]
    public async Task Change_OfTheGivenPassword_OpensThePortalWithAFreshCookie()
    {
        var given = await portal.GrantAccountAsync("owed-change", Role.Facility, "MAU-A");
        using var client = portal.Stranger("127.0.3.2");
        using var signedIn = await HttpPortal.SignInAsync(client, "owed-change", given);
        var before = Cookie(signedIn);
        foreach (var (current, wanted, repeated, words) in new[]
        {
            ("sai rồi nhé", Own, Own, "hiện tại không đúng"), (given, Own, Own + "1", "không giống nhau"), (given, "ngắn quá", "ngắn quá", "ngắn hơn 12"),
            (given, "quangninh2026", "quangninh2026", "quá phổ biến"), (given, "toi la owed-change day", "toi la owed-change day", "tên đăng nhập"), (given, given, given, "trùng"),
        })
        {
            using var refused = await ChangeAsync(client, current, wanted, repeated);
            Assert.Contains(words, await HttpPortal.WordsAsync(refused), StringComparison.Ordinal);
        }
        using var answer = await ChangeAsync(client, given, Own, Own, "//elsewhere.example");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(portal.Address, new Uri(portal.Address, answer.Headers.Location!));
        Assert.NotEqual(before, Cookie(answer));
        using var layer = await client.GetAsync("/map/sites");
        Assert.Equal(HttpStatusCode.OK, layer.StatusCode);
        var id = await portal.IdAsync("owed-change");
        Assert.Equal("everywhere", await portal.ReadAsync($"SELECT end_reason FROM account_session WHERE account_id = {id} ORDER BY started_at LIMIT 1"));
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM account_session WHERE account_id = {id} AND ended_at IS NULL"));
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM account WHERE id = {id} AND NOT must_change_password AND password_changed_at IS NOT NULL"));
        // The given one opens nothing any more.
        using var other = portal.Stranger("127.0.3.2");
        using var old = await HttpPortal.SignInAsync(other, "owed-change", given);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
    }

    [Fact]
    public async Task FirstSignIn_OfAnAdministrator_LeadsToPasswordThenToTheSecondStep()
    {
        var given = await portal.GrantAccountAsync("owed-admin", Role.Admin, "TTCNTT");
        using var client = portal.Stranger("127.0.3.3");
        (await HttpPortal.SignInAsync(client, "owed-admin", given)).Dispose();
        (await ChangeAsync(client, given, Own, Own)).Dispose();
        using (var answer = await client.GetAsync("/"))
            Assert.StartsWith("/account/second-step", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using (var circuit = await client.PostAsync("/_blazor/negotiate", null))
            Assert.Equal(HttpStatusCode.Forbidden, circuit.StatusCode);
        // The picture is shown; its secret is the same at the next look.
        var secret = await portal.Services.GetRequiredService<SecondStep>().ProposeAsync(await portal.IdAsync("owed-admin"), default);
        Assert.Contains(secret, (await client.GetStringAsync("/account/second-step")).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Mã không đúng", await SetUpAsync(client, Own, "000000"), StringComparison.Ordinal);
        var code = TimeCode.At(secret, TimeCode.StepOf(TimeProvider.System.GetUtcNow()));
        Assert.Contains("Mật khẩu không đúng", await SetUpAsync(client, "không phải", code), StringComparison.Ordinal);
        Assert.Contains("Mười mã dự phòng", await SetUpAsync(client, Own, code), StringComparison.Ordinal);
        using (var layer = await client.GetAsync("/map/sites"))
            Assert.Equal(HttpStatusCode.OK, layer.StatusCode);
        // It lies encrypted, and the code that confirmed it is spent.
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM account_token WHERE value LIKE '%{secret}%'"));
        using var again = portal.Stranger("127.0.3.3");
        (await HttpPortal.SignInAsync(again, "owed-admin", Own)).Dispose();
        using var spent = await HttpPortal.SendAsync(again, "/sign-in/code", new() { ["code"] = code });
        Assert.Equal(HttpStatusCode.OK, spent.StatusCode);
    }

    [Fact]
    public async Task Forms_WithFieldsThatAreNotTheirs_ChangeNothing()
    {
        var given = await portal.GrantAccountAsync("owed-more", Role.Guest, "MAU-KHACH");
        Dictionary<string, string> More(Dictionary<string, string> fields) => new(fields)
        {
            ["role"] = "admin", ["Account.Role"] = "admin", ["organisationCode"] = "TTCNTT", ["mustChangePassword"] = "false", ["twoFactorEnabled"] = "true", ["access"] = "admin", ["userId"] = "1",
        };
        using var client = portal.Stranger("127.0.3.4");
        (await HttpPortal.SendAsync(client, "/sign-in", More(new() { ["userName"] = "owed-more", ["password"] = given }))).Dispose();
        (await HttpPortal.SendAsync(client, "/account/password", More(new() { ["current"] = given, ["wanted"] = "ngắn", ["repeated"] = "ngắn", ["userName"] = "admin" }))).Dispose();
        (await HttpPortal.SendAsync(client, "/sign-in/code", More(new() { ["code"] = "123456" }))).Dispose();
        Assert.Equal("guest MAU-KHACH true false", await portal.ReadAsync(
            "SELECT concat_ws(' ', role, organisation_code, must_change_password::text, two_factor_enabled::text) FROM account WHERE user_name = 'owed-more'"));
        (await HttpPortal.SendAsync(client, "/account/password", More(new() { ["current"] = given, ["wanted"] = Own, ["repeated"] = Own }))).Dispose();
        (await HttpPortal.SendAsync(client, "/account/second-step", More(new() { ["password"] = Own, ["code"] = "000000" }))).Dispose();
        Assert.Equal("guest MAU-KHACH false false", await portal.ReadAsync(
            "SELECT concat_ws(' ', role, organisation_code, must_change_password::text, two_factor_enabled::text) FROM account WHERE user_name = 'owed-more'"));
    }

    [Fact]
    public async Task SignIn_WithACookieFromBefore_MakesAnother()
    {
        await portal.MakeAccountAsync("owed-fixed", Role.Guest, "MAU-KHACH");
        using var client = portal.Stranger("127.0.3.5");
        using var first = await HttpPortal.SignInAsync(client, "owed-fixed", RunningPortal.Password);
        using var second = await HttpPortal.SignInAsync(client, "owed-fixed", RunningPortal.Password);
        Assert.NotEqual(Cookie(first), Cookie(second));
        Assert.Equal(2, await portal.CountAsync($"SELECT count(DISTINCT id) FROM account_session WHERE account_id = {await portal.IdAsync("owed-fixed")}"));
    }

    [Fact]
    public async Task SignOutEverywhere_WithItsToken_EndsEverySession()
    {
        await portal.MakeAccountAsync("owed-out", Role.Guest, "MAU-KHACH");
        using var client = await portal.FreshAsync("owed-out");
        (await portal.FreshAsync("owed-out")).Dispose();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = await HttpPortal.TokenAsync(client) });
        using var answer = await client.PostAsync("/account/sign-out-everywhere", form);
        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
        Assert.Equal(2, await portal.CountAsync($"SELECT count(*) FROM account_session WHERE account_id = {await portal.IdAsync("owed-out")} AND end_reason = 'everywhere'"));
        using var after = await client.GetAsync("/map/sites");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task SignIn_OfAnAccountThatIsClosed_IsAnsweredAsAWrongPassword()
    {
        await portal.MakeAccountAsync("owed-closed", Role.Guest, "MAU-KHACH");
        Assert.Equal(1, await portal.CountAsync("WITH c AS (UPDATE account SET valid_until = '2020-01-01' WHERE user_name = 'owed-closed' RETURNING 1) SELECT count(*) FROM c"));
        using var client = portal.Stranger("127.0.3.6");
        using var closed = await HttpPortal.SignInAsync(client, "owed-closed", RunningPortal.Password);
        using var unknown = await HttpPortal.SignInAsync(client, "khong-ai", RunningPortal.Password);
        Assert.Equal(await HttpPortal.WordsAsync(unknown), await HttpPortal.WordsAsync(closed));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string wanted, string repeated, string returnUrl = "/") =>
        HttpPortal.SendAsync(client, "/account/password", new() { ["current"] = current, ["wanted"] = wanted, ["repeated"] = repeated, ["returnUrl"] = returnUrl });

    private static async Task<string> SetUpAsync(HttpClient client, string password, string code)
    {
        using var answer = await HttpPortal.SendAsync(client, "/account/second-step", new() { ["password"] = password, ["code"] = code });
        return await HttpPortal.WordsAsync(answer);
    }

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Last(cookie => cookie.StartsWith("quantrac=", StringComparison.Ordinal)).Split(';')[0];
}

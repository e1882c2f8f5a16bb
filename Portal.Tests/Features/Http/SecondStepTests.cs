using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The second step at the door: each code counts once, and half a sign-in opens nothing.</summary>
[Collection(nameof(HttpPortal))]
public sealed class SecondStepTests(HttpPortal portal)
{
    [Fact]
    public async Task Code_UsedTwice_IsRefusedTheSecondTime()
    {
        await portal.MakeAccountAsync("step-twice", Role.Admin, "TTCNTT");
        var code = await portal.CodeAsync("step-twice");
        using var first = await HalfAsync("step-twice", "127.0.2.1");
        using var second = await HalfAsync("step-twice", "127.0.2.1");
        using (var answer = await SendCodeAsync(first, code))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using (var answer = await SendCodeAsync(second, code))
            Assert.Contains("đã dùng rồi", await HttpPortal.WordsAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, "/map/sites"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second, "/map/sites"));
        Assert.Equal("code", await portal.ReadAsync($"SELECT way FROM account_session WHERE account_id = {await portal.IdAsync("step-twice")}"));
    }

    [Fact]
    public async Task Code_SentFromTwoBrowsersAtOnce_OpensOne()
    {
        await portal.MakeAccountAsync("step-race", Role.Admin, "TTCNTT");
        var code = await portal.CodeAsync("step-race");
        var clients = new List<HttpClient>();
        for (var number = 0; number < 4; number++)
            clients.Add(await HalfAsync("step-race", "127.0.2.2"));
        var answers = await Task.WhenAll(clients.Select(client => SendCodeAsync(client, code)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task RecoveryCode_UsedTwice_OpensOnce()
    {
        await portal.MakeAccountAsync("step-spare", Role.Guest, "MAU-KHACH");
        var codes = await portal.GiveSecondStepAsync("step-spare");
        Assert.Equal(10, codes.Distinct().Count());
        using var first = await HalfAsync("step-spare", "127.0.2.3");
        using var second = await HalfAsync("step-spare", "127.0.2.3");
        // As people type it: in capitals, with blanks.
        using (var answer = await SendCodeAsync(first, codes[3].ToUpperInvariant().Replace('-', ' ')))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using (var answer = await SendCodeAsync(second, codes[3]))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM account_recovery_code WHERE sha256 = '{codes[4]}'"));
    }

    // Whoever lost the phone comes in again without anybody: with the password and a code that was printed at set-up.
    [Fact]
    public async Task RecoveryCode_OfAnAdministrator_OpensThePortalWithoutAnybodyElse()
    {
        await portal.MakeAccountAsync("step-alone", Role.Admin, "TTCNTT");
        var codes = await portal.GiveSecondStepAsync("step-alone");
        using var client = await HalfAsync("step-alone", "127.0.2.12");
        using (var answer = await SendCodeAsync(client, codes[9]))
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/map/sites"));
    }

    [Fact]
    public async Task Code_OfAnotherAccount_IsRefused()
    {
        await portal.MakeAccountAsync("step-one", Role.Guest, "MAU-KHACH");
        await portal.MakeAccountAsync("step-other", Role.Guest, "MAU-KHACH");
        await portal.GiveSecondStepAsync("step-one");
        var codes = await portal.GiveSecondStepAsync("step-other");
        using var client = await HalfAsync("step-one", "127.0.2.4");
        foreach (var code in new[] { await portal.CodeAsync("step-other"), codes[0] })
        {
            using var answer = await SendCodeAsync(client, code);
            Assert.Contains("không đúng", await HttpPortal.WordsAsync(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Code_FiveWrongOnes_LockTheAccountEvenForTheRightOne()
    {
        await portal.MakeAccountAsync("step-guess", Role.Guest, "MAU-KHACH");
        await portal.GiveSecondStepAsync("step-guess");
        using var client = await HalfAsync("step-guess", "127.0.2.5");
        for (var attempt = 0; attempt < 4; attempt++)
            (await SendCodeAsync(client, "000000")).Dispose();
        // The right password in between forgives nothing.
        using var again = await HalfAsync("step-guess", "127.0.2.5");
        (await SendCodeAsync(again, "000000")).Dispose();
        using var right = await SendCodeAsync(again, await portal.CodeAsync("step-guess"));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM sign_in_trial WHERE subject = 'account:{await portal.IdAsync("step-guess")}' AND shut_until > now()"));
    }

    [Fact]
    public async Task HalfSignIn_WithoutTheCode_OpensNothing()
    {
        using var client = portal.Stranger("127.0.2.6");
        using var answer = await HttpPortal.SignInAsync(client, "admin2", QuanTrac.Portal.Features.Demo.DemoAccounts.Password);
        Assert.Equal("/sign-in/code", new Uri(portal.Address, answer.Headers.Location!).AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/map/sites"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/account"));
        using (var circuit = await client.PostAsync("/_blazor/negotiate", null))
            Assert.Equal(HttpStatusCode.Unauthorized, circuit.StatusCode);
        // The same ticket in the place of the real cookie.
        var half = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("quantrac-step=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
        using var forged = portal.Stranger("127.0.2.6");
        forged.DefaultRequestHeaders.Add("Cookie", $"quantrac={half}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(forged, "/map/sites"));
    }

    [Fact]
    public async Task Code_WithoutAPasswordBefore_IsToldToBeginAgain()
    {
        using var client = portal.Stranger("127.0.2.7");
        using var answer = await SendCodeAsync(client, "123456");
        Assert.Contains("đăng nhập lại từ đầu", await HttpPortal.WordsAsync(answer), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WrongPassword_OfAnAccountWithSecondStep_IsAnsweredAsAnUnknownName()
    {
        using var client = portal.Stranger("127.0.2.8");
        using var known = await HttpPortal.SignInAsync(client, "admin2", "not this one");
        using var unknown = await HttpPortal.SignInAsync(client, "nobody-at-all", "not this one");
        Assert.Equal(await HttpPortal.WordsAsync(unknown), await HttpPortal.WordsAsync(known));
        Assert.False(known.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("quantrac", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/intake?state=draft", "/intake?state=draft")]
    public async Task Code_ReturnAddress_StaysInThePortal(string asked, string reached)
    {
        var name = $"step-back-{reached.Length}-{asked.Length}";
        await portal.MakeAccountAsync(name, Role.Guest, "MAU-KHACH");
        var codes = await portal.GiveSecondStepAsync(name);
        using var client = portal.Stranger("127.0.2.9");
        using var half = await HttpPortal.SignInAsync(client, name, RunningPortal.Password, asked);
        Assert.Equal(portal.Address.Authority, new Uri(portal.Address, half.Headers.Location!).Authority);
        using var answer = await HttpPortal.SendAsync(client, "/sign-in/code", new() { ["code"] = codes[0], ["returnUrl"] = asked });
        Assert.Equal(new Uri(portal.Address, reached), new Uri(portal.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task Reset_OfALostDevice_ClosesSessionsAndIsWritten()
    {
        await portal.MakeAccountAsync("step-lost", Role.Admin, "TTCNTT");
        (await portal.FreshAsync("step-lost")).Dispose();
        await using var scope = portal.Services.CreateAsyncScope();
        var reset = scope.ServiceProvider.GetRequiredService<ResetSecondStep>();
        Assert.Equal(ResetProblem.ReasonMissing, await reset.RunAsync(CommandContext.Console, "step-lost", " ", default));
        Assert.Equal(ResetProblem.UnknownAccount, await reset.RunAsync(CommandContext.Console, "khong-co", "Mất máy", default));
        Assert.Null(await reset.RunAsync(CommandContext.Console, "step-lost", "Mất điện thoại", default));
        var id = await portal.IdAsync("step-lost");
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM account_session WHERE account_id = {id} AND ended_at IS NULL"));
        Assert.Equal("Mất điện thoại", await portal.ReadAsync("SELECT details ->> 'reason' FROM audit WHERE act = 'second-step-reset' AND subject = 'step-lost'"));
        // An administrator is led to set it up again before anything else.
        using var client = portal.Stranger("127.0.2.10");
        using var answer = await HttpPortal.SignInAsync(client, "step-lost", RunningPortal.Password);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, "/map/sites"));
    }

    [Fact]
    public async Task TurnOff_AsksForThePasswordAndIsNotForAdministrators()
    {
        await portal.MakeAccountAsync("step-off", Role.Guest, "MAU-KHACH");
        var codes = await portal.GiveSecondStepAsync("step-off");
        await using var scope = portal.Services.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<OwnSecondStep>();
        var guest = new QuanTrac.Portal.Domain.Access.Access(Role.Guest, Login.Guest, await portal.IdAsync("step-off"), "step-off", 1, "MAU-KHACH");
        Assert.Equal(SecondStepProblem.PasswordWrong, await own.TurnOffAsync(guest, "không phải", default));
        Assert.Null(await own.NewCodesAsync(guest, "không phải", default));
        var fresh = (await own.NewCodesAsync(guest, RunningPortal.Password, default))!;
        Assert.Empty(fresh.Intersect(codes));
        using (var client = await HalfAsync("step-off", "127.0.2.11"))
        {
            using var old = await SendCodeAsync(client, codes[0]);
            Assert.Equal(HttpStatusCode.OK, old.StatusCode);
            using var right = await SendCodeAsync(client, fresh[0]);
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        }
        Assert.Null(await own.TurnOffAsync(guest, RunningPortal.Password, default));
        using var alone = portal.Stranger("127.0.2.11");
        using var signedIn = await HttpPortal.SignInAsync(alone, "step-off", RunningPortal.Password);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(alone, "/map/sites"));
        var admin = new QuanTrac.Portal.Domain.Access.Access(Role.Admin, Login.Province, await portal.IdAsync("admin"), "admin", 1, "TTCNTT");
        Assert.Equal(SecondStepProblem.Demanded, await own.TurnOffAsync(admin, QuanTrac.Portal.Features.Demo.DemoAccounts.Password, default));
    }

    [Fact]
    public async Task EndSession_OfAnotherAccount_EndsNothing()
    {
        await portal.MakeAccountAsync("step-mine", Role.Guest, "MAU-KHACH");
        (await portal.FreshAsync("step-mine")).Dispose();
        var id = await portal.IdAsync("step-mine");
        var session = Guid.Parse(await portal.ReadAsync($"SELECT id::text FROM account_session WHERE account_id = {id}"));
        await using var scope = portal.Services.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<OwnSessions>();
        var mine = new QuanTrac.Portal.Domain.Access.Access(Role.Guest, Login.Guest, id, "step-mine", 1, "MAU-KHACH");
        await sessions.EndAsync(mine with { AccountId = id + 1000 }, session, default);
        Assert.Equal(session, Assert.Single(await sessions.ListAsync(mine, default)).Id);
        await sessions.EndAsync(mine, session, default);
        Assert.Empty(await sessions.ListAsync(mine, default));
    }

    private async Task<HttpClient> HalfAsync(string account, string from)
    {
        var client = portal.Stranger(from);
        using var answer = await HttpPortal.SignInAsync(client, account, RunningPortal.Password);
        Assert.Equal("/sign-in/code", new Uri(portal.Address, answer.Headers.Location!).AbsolutePath);
        return client;
    }

    private static Task<HttpResponseMessage> SendCodeAsync(HttpClient client, string code) => HttpPortal.SendAsync(client, "/sign-in/code", new() { ["code"] = code });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Programs that read by token: as their account, only reading, only while it holds.</summary>
[Collection(nameof(HttpPortal))]
public sealed class TokenTests(HttpPortal portal)
{
    private static DateOnly Today => PortalDay.Of(TimeProvider.System);

    [Fact]
    public async Task Token_OfAnAccount_SeesWhatTheAccountSeesAndIsWritten()
    {
        using var client = await ClientAsync("company", "Phần mềm báo cáo");
        Assert.Equal(await SitesAsync(await portal.ClientAsync("company")), await SitesAsync(client));
        Assert.NotEqual(await SitesAsync(await portal.ClientAsync("manager")), await SitesAsync(client));
        using var file = await client.GetAsync("/duties/download?state=all");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("company Phần mềm báo cáo 127.0.0.1", await portal.ReadAsync(
            "SELECT concat_ws(' ', account_name, details ->> 'token', details ->> 'from') FROM audit WHERE act = 'exported' AND subject = '/duties/download' ORDER BY id DESC LIMIT 1"));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/account")]
    [InlineData("GET", "/accounts/tokens")]
    [InlineData("GET", "/operations/audit/download")]
    [InlineData("POST", "/intake/files")]
    [InlineData("POST", "/_blazor/negotiate")]
    [InlineData("POST", "/sign-out")]
    [InlineData("POST", "/account/sign-out-everywhere")]
    [InlineData("POST", "/account/passkeys/options")]
    public async Task Token_WhereItIsNotFor_IsRefusedWithAWord(string method, string address)
    {
        using var client = await ClientAsync("admin", $"Thử {method} {address}");
        using var request = new HttpRequestMessage(new(method), address);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("token_not_valid_here", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("UPDATE api_token SET expires_on = '2020-01-01' WHERE name = '{0}' RETURNING 1")]
    [InlineData("UPDATE api_token SET revoked_at = now(), revoked_by = 't', revoked_reason = 't' WHERE name = '{0}' RETURNING 1")]
    [InlineData("UPDATE authority SET ended_at = now(), ended_by = 't', ended_reason = 't' WHERE id = (SELECT authority_id FROM api_token WHERE name = '{0}') RETURNING 1")]
    [InlineData("UPDATE authority SET to_day = '2026-01-02' WHERE id = (SELECT authority_id FROM api_token WHERE name = '{0}') RETURNING 1")]
    [InlineData("UPDATE account SET locked_at = now(), locked_by = 't', locked_reason = 't' WHERE user_name = '{0}' RETURNING 1")]
    [InlineData("UPDATE account SET left_at = now() WHERE user_name = '{0}' RETURNING 1")]
    [InlineData("UPDATE account SET valid_until = '2020-01-01' WHERE user_name = '{0}' RETURNING 1")]
    [InlineData("UPDATE organisation_name SET valid = daterange(lower(valid), '2020-01-01') WHERE organisation_id = (SELECT id FROM organisation WHERE code = 'MAU-{0}') RETURNING 1")]
    public async Task Token_ThatHoldsNoLonger_IsRefusedAtOnce(string end)
    {
        var name = $"token-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(end)))[..8]}";
        // An organisation of its own, for the one that ends.
        await portal.CountAsync($"WITH o AS (INSERT INTO organisation (code, kind, confidence) VALUES ('MAU-{name}', 'public', 'high') RETURNING id) INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, 'Thử', daterange('2019-01-01', NULL), 'high' FROM o RETURNING 1::bigint");
        await portal.MakeAccountAsync(name, Role.Guest, $"MAU-{name}");
        using var client = await ClientAsync(name, name);
        using (var before = await client.GetAsync("/map/sites"))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(1, await portal.CountAsync($"WITH c AS ({end.Replace("{0}", name, StringComparison.Ordinal)}) SELECT count(*) FROM c"));
        using var after = await client.GetAsync("/map/sites");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Token_InTheAddressOrWrong_OpensNothing()
    {
        var token = await GrantAsync("guest", "Trong địa chỉ");
        using var client = portal.Stranger();
        foreach (var name in new[] { "token", "access_token", "authorization", "bearer" })
        {
            using var answer = await client.GetAsync($"/map/sites?{name}={token}");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        foreach (var wrong in new[] { token[..^1], token + "a", token.ToUpperInvariant(), "qt_", "x", ApiTokens.HashOf(token) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites") { Headers = { Authorization = new("Bearer", wrong) } };
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM api_token t WHERE t::text LIKE '%{token}%'"));
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM audit a WHERE a::text LIKE '%{token}%'"));
    }

    [Fact]
    public async Task Token_UsedOften_IsWrittenOnceAMinuteAndHeldBack()
    {
        using var client = await ClientAsync("guest", "Đọc liên tục");
        var statuses = new List<HttpStatusCode>();
        // sign_in_rule lets 120 calls a minute through.
        for (var call = 0; call < 125; call++)
        {
            using var answer = await client.GetAsync("/map/sites", HttpCompletionOption.ResponseHeadersRead);
            statuses.Add(answer.StatusCode);
        }
        Assert.Contains(HttpStatusCode.OK, statuses);
        // A minute may have ended in between: then nobody was held back, and a next one is.
        if (!statuses.Contains(HttpStatusCode.TooManyRequests))
        {
            for (var call = 0; call < 125; call++)
                statuses.Add((await client.GetAsync("/map/sites", HttpCompletionOption.ResponseHeadersRead)).StatusCode);
        }
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(1, await portal.CountAsync("SELECT count(*) FROM api_token WHERE name = 'Đọc liên tục' AND used_from = '127.0.0.1' AND used_at > now() - interval '5 minutes'"));
    }

    [Fact]
    public async Task Grant_WhatIsWrong_IsNamed()
    {
        var (authority, short_, maintenance) = (await AuthorityAsync("token", 400), await AuthorityAsync("token", 5), await AuthorityAsync("maintenance", 400));
        var right = new TokenGrant("guest", "Phần mềm", authority, Today.AddDays(30));
        foreach (var (grant, problem) in new[]
        {
            (right with { Account = "khong-co" }, TokenProblem.AccountUnknown), (right with { Name = " " }, TokenProblem.NameMissing), (right with { Authority = null }, TokenProblem.DocumentMissing),
            (right with { Authority = maintenance }, TokenProblem.DocumentMissing), (right with { Authority = short_ }, TokenProblem.ExpiryWrong),
            (right with { ExpiresOn = null }, TokenProblem.ExpiryWrong), (right with { ExpiresOn = Today.AddDays(-1) }, TokenProblem.ExpiryWrong), (right with { ExpiresOn = Today.AddDays(366) }, TokenProblem.ExpiryWrong),
        })
            Assert.Equal((null, problem), await WithAsync(tokens => tokens.RunAsync(CommandContext.Console, grant, default)));
        Assert.Null((await WithAsync(tokens => tokens.RunAsync(CommandContext.Console, right with { ExpiresOn = Today.AddDays(365) }, default))).Problem);
        Assert.Equal(TokenProblem.ReasonMissing, await WithAsync(tokens => tokens.RevokeAsync(CommandContext.Console, 1, "", default)));
        var guest = new QuanTrac.Portal.Domain.Access.Access(Role.Guest, Login.Guest, 1, "guest", 1, "MAU-KHACH");
        await Assert.ThrowsAsync<NotAllowedException>(() => WithAsync(tokens => tokens.RunAsync(guest, right, default)));
    }

    private async Task<HttpClient> ClientAsync(string account, string name)
    {
        var client = portal.Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await GrantAsync(account, name));
        return client;
    }

    private async Task<string> GrantAsync(string account, string name)
    {
        var (token, problem) = await WithAsync(async tokens => await tokens.RunAsync(CommandContext.Console, new(account, name, await AuthorityAsync("token", 60), Today.AddDays(30)), default));
        Assert.Null(problem);
        Assert.Matches("^qt_[A-Za-z0-9_-]{43}$", token!);
        return token!;
    }

    // A document of the register that holds for some days from today on.
    private async Task<int> AuthorityAsync(string kind, int days) => (int)await portal.CountAsync(
        $"INSERT INTO authority (kind, document_number, document_date, from_day, to_day, purpose, recorded_by, recorded_at, origin) VALUES ('{kind}', '1/CV', '2026-01-01', '2026-01-01', '{Today.AddDays(days):yyyy-MM-dd}', 'Thử', 't', now(), 'before') RETURNING id::bigint");

    private async Task<T> WithAsync<T>(Func<GrantToken, Task<T>> act)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<GrantToken>());
    }

    private static async Task<int> SitesAsync(HttpClient client) =>
        JsonDocument.Parse(await client.GetStringAsync("/map/sites")).RootElement.GetProperty("features").GetArrayLength();
}

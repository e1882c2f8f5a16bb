using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Tests.Support;
using System.Net;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The way in through an agency's own sign-in, against a real provider over TLS.</summary>
[Collection(nameof(AgencyPortal))]
public sealed class AgencyTests(AgencyPortal portal)
{
    [Fact]
    public async Task Walk_OfABoundPerson_OpensTheirAccountAndNoOther()
    {
        await portal.MakeAccountAsync("a-bound", Role.Manager, "SONNMT", RunningPortal.Password);
        using var client = portal.Stranger("127.0.3.1");
        using (var before = await portal.WalkAsync(client, "an.nguyen"))
            Assert.Equal("/sign-in?agency=unbound", before.Headers.Location!.OriginalString);
        Assert.True(await BindAsync("an.nguyen", "a-bound"));
        using var answer = await portal.WalkAsync(client, "an.nguyen");
        Assert.Equal("/standards", answer.Headers.Location!.OriginalString);
        using var data = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, data.StatusCode);
        Assert.Equal("agency", await portal.ReadAsync("SELECT way FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name = 'a-bound' AND ended_at IS NULL"));
    }

    /// <summary>Whoever nobody bound gets in nowhere and makes no account, whatever e-mail the agency gives them.</summary>
    [Fact]
    public async Task Walk_OfSomebodyWithTheEmailOfAnAccount_OpensNothing()
    {
        await portal.MakeAccountAsync("a-mail", Role.Manager, "SONNMT", RunningPortal.Password);
        await portal.ExecuteAsync("UPDATE account SET email = 'binh@coquan.example.vn' WHERE user_name = 'a-mail'");
        var accounts = await portal.CountAsync("SELECT count(*) FROM account");
        using var client = portal.Stranger("127.0.3.2");
        using var answer = await portal.WalkAsync(client, "binh@coquan.example.vn");
        Assert.Equal("/sign-in?agency=unbound", answer.Headers.Location!.OriginalString);
        Assert.Equal(accounts, await portal.CountAsync("SELECT count(*) FROM account"));
        await AssertOutsideAsync(client);
    }

    [Theory]
    [InlineData("forged-nonce")]
    [InlineData("forged-issuer")]
    [InlineData("forged-audience")]
    [InlineData("forged-key")]
    [InlineData("forged-expired")]
    [InlineData("forged-none")]
    public async Task Walk_WithAForgedToken_IsRefusedAndAudited(string person)
    {
        using var client = portal.Stranger("127.0.3.3");
        var before = await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'sign-in-failed'");
        using var answer = await portal.WalkAsync(client, person);
        Assert.Equal("/sign-in?agency=refused", answer.Headers.Location!.OriginalString);
        Assert.Equal(before + 1, await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'sign-in-failed'"));
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM agency_identity WHERE subject = '{person}'"));
        await AssertOutsideAsync(client);
    }

    [Fact]
    public async Task Walk_BackWithAnotherState_IsRefused()
    {
        using var client = portal.Stranger("127.0.3.4");
        using var answer = await portal.WalkAsync(client, "an.nguyen", back => back.Replace("state=", "state=x", StringComparison.Ordinal));
        Assert.Equal("/sign-in?agency=refused", answer.Headers.Location!.OriginalString);
    }

    /// <summary>A journey that another browser began is not finished in this one.</summary>
    [Fact]
    public async Task Walk_BackInAnotherBrowser_IsRefused()
    {
        using var victim = portal.Stranger("127.0.3.5");
        using var begun = await portal.Stranger("127.0.3.5").GetAsync("/sign-in/agency", TestContext.Current.CancellationToken);
        using var answer = await victim.GetAsync(await portal.AtTheProviderAsync(begun.Headers.Location!, "an.nguyen"), TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?agency=refused", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Walk_BackTwice_IsRefusedTheSecondTime()
    {
        using var client = portal.Stranger("127.0.3.6");
        using var begun = await client.GetAsync("/sign-in/agency", TestContext.Current.CancellationToken);
        var back = await portal.AtTheProviderAsync(begun.Headers.Location!, "cuong");
        using var first = await client.GetAsync(back, TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?agency=unbound", first.Headers.Location!.OriginalString);
        using var second = await client.GetAsync(back, TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?agency=refused", second.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Walk_OfALockedAccount_IsToldSo()
    {
        await portal.MakeAccountAsync("a-locked", Role.Manager, "SONNMT", RunningPortal.Password);
        using var client = portal.Stranger("127.0.3.7");
        using (await portal.WalkAsync(client, "dung"))
            Assert.True(await BindAsync("dung", "a-locked"));
        await portal.ExecuteAsync("UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Kiểm thử' WHERE user_name = 'a-locked'");
        using var answer = await portal.WalkAsync(client, "dung");
        Assert.Equal("/sign-in?agency=closed", answer.Headers.Location!.OriginalString);
        await AssertOutsideAsync(client);
    }

    /// <summary>One person, one account; administrators come in with password and code alone.</summary>
    [Fact]
    public async Task Bind_Twice_OrToAnAdministrator_IsRefused()
    {
        await portal.MakeAccountAsync("a-once", Role.Manager, "SONNMT", RunningPortal.Password);
        await portal.MakeAccountAsync("a-twice", Role.Manager, "SONNMT", RunningPortal.Password);
        using var client = portal.Stranger("127.0.3.8");
        using (await portal.WalkAsync(client, "em"))
        using (await portal.WalkAsync(client, "giang"))
        {
            Assert.False(await BindAsync("em", "admin"));
            Assert.True(await BindAsync("em", "a-once"));
            Assert.False(await BindAsync("giang", "a-once"));
            Assert.False(await BindAsync("em", "a-twice"));
        }
        Assert.Equal(1, await portal.CountAsync("SELECT count(*) FROM account_login l JOIN account a ON a.id = l.user_id WHERE a.user_name LIKE 'a-%ce'"));
    }

    [Fact]
    public async Task Unbind_EndsWhatWasOpenedThroughTheAgency()
    {
        await portal.MakeAccountAsync("a-undone", Role.Manager, "SONNMT", RunningPortal.Password);
        using var client = portal.Stranger("127.0.3.9");
        using (await portal.WalkAsync(client, "hanh"))
            Assert.True(await BindAsync("hanh", "a-undone"));
        using (var inside = await portal.WalkAsync(client, "hanh"))
            Assert.Equal("/standards", inside.Headers.Location!.OriginalString);
        Assert.True(await WithAsync(async (bind, id) => await bind.UndoAsync(CommandContext.Console, id, default), "hanh"));
        Assert.Equal("rights", await portal.ReadAsync("SELECT end_reason FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name = 'a-undone'"));
        using var again = await portal.WalkAsync(client, "hanh");
        Assert.Equal("/sign-in?agency=unbound", again.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SignIn_OffersTheAgency()
    {
        using var client = portal.Stranger("127.0.3.10");
        Assert.Contains("tài khoản công vụ", WebUtility.HtmlDecode(await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    private Task<bool> BindAsync(string person, string account) => WithAsync(async (bind, id) => await bind.RunAsync(CommandContext.Console, id, account, "", default) == BindOutcome.Bound, person);

    private async Task<bool> WithAsync(Func<BindAgency, int, Task<bool>> act, string person)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<BindAgency>(), (int)await portal.CountAsync($"SELECT id::bigint FROM agency_identity WHERE subject = '{person}'"));
    }

    private static async Task AssertOutsideAsync(HttpClient client)
    {
        using var data = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, data.StatusCode);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>A demo that becomes production under the feet of a running node: every way in of a demo account is shut at once.</summary>
public sealed class DemoClosedTests(HttpPortal portal) : IClassFixture<HttpPortal>
{
    [Fact]
    public async Task Empty_OverDemoData_ClosesEveryWayInOfDemoAccountsAndNoOther()
    {
        await portal.MakeAccountAsync("that", Role.Manager, "SONNMT");
        using var real = await portal.FreshAsync("that");
        using var idle = await portal.FreshAsync("company");
        var company = await AccessAsync("company");
        var authority = (int)await portal.CountAsync("SELECT id::bigint FROM authority WHERE kind = 'connection' AND connection = 'data-sharing' AND portal_authority_holds(id) LIMIT 1");
        var token = (await WithAsync<GrantToken, (string? Token, TokenProblem?)>(grant =>
            grant.RunAsync(CommandContext.Console, new("company", "Phần mềm", authority, PortalDay.Of(TimeProvider.System).AddDays(30)), default))).Token!;
        var calendar = await WithAsync<CalendarAddress, string>(address => address.MakeAsync(company, default));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(Program(token), "/map/sites"), await StatusAsync(portal.Stranger(), calendar)]);

        await using (var owner = new NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Owner)))
        {
            await owner.OpenAsync();
            Assert.Equal(InstallationMode.Production, await Installation.StartAsync(owner, demo: false, default));
        }

        // A session that the node knew nothing of yet, a token, a calendar, the password at the door.
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(idle, "/map/sites"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.demo AND s.ended_at IS NULL"));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], [await StatusAsync(Program(token), "/map/sites"), await StatusAsync(portal.Stranger(), calendar)]);
        using (var answer = await HttpPortal.SignInAsync(portal.Stranger(), "guest", DemoAccounts.Password))
            Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("quantrac=", StringComparison.Ordinal)));
        // Passkeys and an agency's word: both go through the last step of the door.
        foreach (var way in Enum.GetValues<SignInWay>())
            Assert.False(await OpensAsync("company", way));
        Assert.Equal(UsageFault.AccountClosed, (await Assert.ThrowsAsync<UsageException>(() => CommandContext.AccessAsync(portal.Services, "manager", default))).Fault);

        // Whoever is real goes on, and no closed demo administrator counts as the one who could still let others in.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(real, "/map/sites"));
        Assert.Equal("locked", await portal.ReadAsync("SELECT DISTINCT portal_account_state(id, now()) FROM account WHERE demo"));

        Assert.Equal(await portal.CountAsync("SELECT count(*) FROM account WHERE demo"), await WithAsync<RemoveDemoAccounts, int>(remove => remove.RunAsync(CommandContext.Console, default)));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM account WHERE demo AND (left_at IS NULL OR password_hash IS NOT NULL OR two_factor_enabled OR user_name IN ('admin', 'manager'))"));
    }

    private HttpClient Program(string token)
    {
        var client = portal.Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<bool> OpensAsync(string name, SignInWay way)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var account = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(name))!;
        return await scope.ServiceProvider.GetRequiredService<OpenSession>().RunAsync(context, account, way);
    }

    private Task<QuanTrac.Portal.Domain.Access.Access> AccessAsync(string name) => WithAsync<UserManager<Account>, QuanTrac.Portal.Domain.Access.Access>(async accounts =>
        (await AccountAccess.FindAsync(portal.Services.GetRequiredService<PortalDatabase>(), accounts, name, default))!);

    private async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}

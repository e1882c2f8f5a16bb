using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>An account that is closed is closed at every door, not only at the one with the cookie, in whatever way it was closed.</summary>
[Collection(nameof(HttpPortal))]
public sealed class ClosedAccountTests(HttpPortal portal)
{
    [Theory]
    [InlineData("locked", "UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Kiểm thử' WHERE user_name = '{0}'")]
    [InlineData("expired", "UPDATE account SET valid_until = portal_today() - 1 WHERE user_name = '{0}'")]
    [InlineData("left", "UPDATE account SET left_at = now() WHERE user_name = '{0}'")]
    [InlineData("ended", "UPDATE organisation_name SET valid = '(,2020-01-01)' WHERE organisation_id = (SELECT id FROM organisation WHERE code = 'MAU-{0}')")]
    public async Task Doors_OfAClosedAccount_AreClosed(string way, string close)
    {
        var name = $"closed-{way}";
        await portal.ExecuteAsync(
            $"""
            INSERT INTO organisation (code, kind, confidence, origin) VALUES ('MAU-{name}', 'body', 'high', 'local');
            INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, 'Đơn vị kiểm thử', '(,)', 'high' FROM organisation WHERE code = 'MAU-{name}'
            """);
        await portal.MakeAccountAsync(name, Role.Manager, $"MAU-{name}");
        var account = await FindAsync(name);
        await using var scope = portal.Services.CreateAsyncScope();
        var access = (await AccountAccess.FindAsync(scope.ServiceProvider.GetRequiredService<PortalDatabase>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), name, default))!;
        var calendar = await scope.ServiceProvider.GetRequiredService<CalendarAddress>().MakeAsync(access, default);
        var token = ApiTokens.New();
        await portal.ExecuteAsync(
            $"""
            INSERT INTO api_token (account_id, name, sha256, authority_id, granted_by, granted_at, expires_on)
            SELECT {account.Id}, '{name}', '{ApiTokens.HashOf(token)}', min(id), 'admin', now(), portal_today() + 30 FROM authority WHERE portal_authority_holds(id)
            """);
        var half = await HalfAsync(account);
        foreach (var open in new[] { true, false })
        {
            using var program = portal.Stranger("127.0.9.2");
            using (var feed = await program.GetAsync(calendar, TestContext.Current.CancellationToken))
                Assert.Equal(("calendar", open ? HttpStatusCode.OK : HttpStatusCode.NotFound), ("calendar", feed.StatusCode));
            program.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using (var sites = await program.GetAsync("/map/sites", TestContext.Current.CancellationToken))
                Assert.Equal(("token", open ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), ("token", sites.StatusCode));
            Assert.Equal(("half", open), ("half", await IsHalfInAsync(half)));
            foreach (var by in new[] { SignInWay.Password, SignInWay.Code, SignInWay.Passkey, SignInWay.Agency })
                Assert.Equal((by, open), (by, await OpensAsync(account, by)));
            Assert.Equal(("verb", open), ("verb", await ActsAsync(name)));
            if (open)
                await portal.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, close, name));
        }
    }

    private async Task<Account> FindAsync(string name)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(name))!;
    }

    // The cookie between password and code.
    private async Task<string> HalfAsync(Account account)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await scope.ServiceProvider.GetRequiredService<HalfSignIn>().BeginAsync(context, account);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    private async Task<bool> IsHalfInAsync(string cookie)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Cookie = cookie;
        return await scope.ServiceProvider.GetRequiredService<HalfSignIn>().FindAsync(context) is not null;
    }

    private async Task<bool> OpensAsync(Account account, SignInWay way)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        return await scope.ServiceProvider.GetRequiredService<OpenSession>().RunAsync(context, account, way);
    }

    private async Task<bool> ActsAsync(string name)
    {
        try
        {
            await using var scope = portal.Services.CreateAsyncScope();
            await CommandContext.AccessAsync(scope.ServiceProvider, name, default);
            return true;
        }
        catch (UsageException)
        {
            return false;
        }
    }
}

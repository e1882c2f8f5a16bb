using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;
using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Pages that are open when the right to them ends.</summary>
[Collection(nameof(SecondBrowser))]
public sealed class SessionWalks(BrowserPortal portal)
{
    private static readonly Regex PutOut = new("ended=locked");

    /// <summary>One node leads its browser to the door; at the other the browser does not go, and its wire is cut.</summary>
    [Fact]
    public async Task Lock_WhilePagesAreOpenOnTwoNodes_ClosesThem()
    {
        await portal.MakeAccountAsync("w-locked", Role.Manager, "SONNMT", RunningPortal.Password);
        using var folder = new TempFolder();
        await using var second = await portal.SecondNodeAsync(folder.Path);
        await portal.WalkAsync(null, async visitor =>
        {
            visitor.Expect("ERR_FAILED|WebSocket|[Cc]onnection|reconnect|401");
            await visitor.SignInAsync("w-locked", RunningPortal.Password);
            await Assertions.Expect(visitor.Page.Locator(".leaflet-sites-pane canvas")).ToBeVisibleAsync();
            var stubborn = await visitor.Page.Context.NewPageAsync();
            await stubborn.GotoAsync($"{second.Urls.Single()}/standards");
            await Assertions.Expect(stubborn.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await stubborn.RouteAsync("**/sign-in**", route => route.FulfillAsync(new() { Status = 204 }));
            var wires = second.Services.GetRequiredService<SessionConnections>();
            Assert.Single(wires.Sessions);

            var began = System.Diagnostics.Stopwatch.StartNew();
            await portal.ExecuteAsync("UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Kiểm thử' WHERE user_name = 'w-locked'");
            await visitor.Page.WaitForURLAsync(PutOut);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            while (wires.Sessions.Any())
                await Task.Delay(50, limit.Token);
            TestContext.Current.TestOutputHelper?.WriteLine($"Closed on both nodes after {began.Elapsed.TotalSeconds:0.0} s.");
            await Assertions.Expect(visitor.Page.GetByText("Tài khoản đã bị khóa")).ToBeVisibleAsync();
        });
        Assert.DoesNotContain(second.Services.GetRequiredService<OpenCircuits>().All, circuit => circuit.Access?.AccountName == "w-locked" && !circuit.IsOver);
    }

    /// <summary>The marks of a page that somebody was given start nothing in the circuit of another: the page cannot be fetched by one and opened as the other.</summary>
    [Fact]
    public async Task Page_OfOneSession_InACircuitOfAnother_DoesNotStart()
    {
        await portal.MakeAccountAsync("w-giver", Role.Guest, "MAU-KHACH", RunningPortal.Password);
        await portal.MakeAccountAsync("w-taker", Role.Manager, "SONNMT", RunningPortal.Password);
        await portal.WalkAsync(null, async visitor =>
        {
            visitor.Expect(".");
            var context = visitor.Page.Context;
            Task BeAsync((string Name, string Value) cookie) => context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Url = portal.Address.ToString() }]);
            var (giver, taker) = (await portal.CookieAsync("w-giver"), await portal.CookieAsync("w-taker"));
            await BeAsync(giver);
            // The page is there, its circuit is not yet: now the browser is somebody else's.
            await visitor.Page.RouteAsync("**/_framework/blazor.web*", async route =>
            {
                await BeAsync(taker);
                await route.ContinueAsync();
            });
            var cut = new TaskCompletionSource();
            visitor.Page.WebSocket += (_, wire) => wire.Close += (_, _) => cut.TrySetResult();
            await visitor.Page.GotoAsync("/standards");
            await cut.Task.WaitAsync(TimeSpan.FromSeconds(40));
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(0);
        });
    }

    /// <summary>A page that loads, draws and reads its map by itself is no sign of life; a key is.</summary>
    [Fact]
    public async Task Session_OfAPageThatWorksAlone_GrowsIdleUntilAKeyIsPressed()
    {
        const string session = "FROM account_session s JOIN account a ON a.id = s.account_id WHERE a.user_name = 'w-alone' AND s.ended_at IS NULL";
        await portal.MakeAccountAsync("w-alone", Role.Manager, "SONNMT", RunningPortal.Password);
        var book = portal.Services.GetRequiredService<SessionBook>();
        await portal.WalkAsync(null, async visitor =>
        {
            await visitor.SignInAsync("w-alone", RunningPortal.Password);
            await Assertions.Expect(visitor.Page.Locator(".leaflet-sites-pane canvas")).ToBeVisibleAsync();
            await book.SettleAsync([], default);
            await portal.ExecuteAsync($"UPDATE account_session SET seen_at = now() - interval '10 minutes' WHERE id = (SELECT s.id {session})");
            await visitor.Page.ReloadAsync();
            await Assertions.Expect(visitor.Page.Locator(".leaflet-sites-pane canvas")).ToBeVisibleAsync();
            await book.SettleAsync([], default);
            Assert.Equal(1, await portal.CountAsync($"SELECT count(*) {session} AND s.seen_at < now() - interval '9 minutes'"));
            await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.Keyboard.PressAsync("Tab"), answer => answer.Url.EndsWith("/activity", StringComparison.Ordinal));
            await book.SettleAsync([], default);
            Assert.Equal(1, await portal.CountAsync($"SELECT count(*) {session} AND s.seen_at > now() - interval '1 minute'"));
        });
    }

    [Fact]
    public async Task Reconnect_WithTheCookieOfAnotherAccount_LeadsToTheDoor()
    {
        await portal.MakeAccountAsync("w-first", Role.Manager, "SONNMT", RunningPortal.Password);
        await portal.MakeAccountAsync("w-other", Role.Guest, "MAU-KHACH", RunningPortal.Password);
        await portal.WalkAsync(null, async visitor =>
        {
            visitor.Expect("WebSocket|[Cc]onnection|reconnect|abort|400|401|404|409");
            await visitor.SignInAsync("w-other", RunningPortal.Password);
            await visitor.Page.WaitForURLAsync(new Regex("/$"));
            var other = await visitor.Page.Context.CookiesAsync();
            await visitor.Page.Context.ClearCookiesAsync();
            await visitor.SignInAsync("w-first", RunningPortal.Password);
            await Assertions.Expect(visitor.Page.Locator(".leaflet-sites-pane canvas")).ToBeVisibleAsync();
            await visitor.Page.Context.ClearCookiesAsync();
            await visitor.Page.Context.AddCookiesAsync(other.Select(cookie => new Cookie
            { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }));
            var circuit = portal.Services.GetRequiredService<OpenCircuits>().All.Single(circuit => circuit.Access?.AccountName == "w-first" && !circuit.IsOver);
            portal.Services.GetRequiredService<SessionConnections>().Cut(circuit.Session!.Value);
            await visitor.Page.WaitForURLAsync(new Regex("/sign-in"));
        });
    }
}

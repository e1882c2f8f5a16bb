using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>The ticket opens a portal that tries a copy, once, and nothing else.</summary>
public sealed class ProofPortalTests(RunningPortal normal, TestDatabase database) : IClassFixture<RunningPortal>, IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Enter_NormalPortal_HasNoSuchDoor()
    {
        using var visitor = Visitor(normal.Address, new());
        Assert.NotEqual(HttpStatusCode.NoContent, await EnterAsync(visitor, new ProofTicket().Text));
        Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync(new Uri("/map/sites", UriKind.Relative))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync(new Uri("/proof/site/NB1", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Enter_PortalOnACopy_OpensOnceAndThereAlone()
    {
        using var folder = new TempFolder();
        var ticket = new ProofTicket();
        await using var copy = await StartAsync(folder, ticket);
        var cookies = new CookieContainer();
        using var visitor = Visitor(new Uri(copy.Urls.Single()), cookies);
        Assert.Equal(HttpStatusCode.Forbidden, await EnterAsync(visitor, new ProofTicket().Text));
        Assert.Equal(HttpStatusCode.Forbidden, await EnterAsync(visitor, null));
        Assert.Equal(HttpStatusCode.NoContent, await EnterAsync(visitor, ticket.Text));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(new Uri("/map/sites", UriKind.Relative))).StatusCode);
        using var second = Visitor(new Uri(copy.Urls.Single()), new());
        Assert.Equal(HttpStatusCode.Forbidden, await EnterAsync(second, ticket.Text));

        // The copy holds the keys of the original; its cookies are made with others.
        var carried = new CookieContainer();
        foreach (var cookie in cookies.GetAllCookies().Cast<Cookie>())
            carried.Add(normal.Address, new Cookie(cookie.Name, cookie.Value));
        using var original = Visitor(normal.Address, carried);
        Assert.Equal(HttpStatusCode.Unauthorized, (await original.GetAsync(new Uri("/map/sites", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Start_PortalOnACopy_RunsNothingAndStoresNothing()
    {
        using var folder = new TempFolder();
        await using var copy = await StartAsync(folder, new());
        Assert.All(copy.Services.GetServices<IHostedService>(), service => Assert.StartsWith("Microsoft.AspNetCore", service.GetType().FullName!, StringComparison.Ordinal));
        Assert.Null(copy.Services.GetService<MailServer>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => copy.Services.GetRequiredService<FileStore>().StoreAsync(new MemoryStream([1]), 10, default));
    }

    private async Task<WebApplication> StartAsync(TempFolder folder, ProofTicket ticket)
    {
        var data = await DataFolder.OpenAsync(folder.Path, PortalHome.Folder, default);
        var copy = WebPortal.Build(new PortalSettings(database.Logins, data, "http://127.0.0.1:0", Demo: false) { Jobs = false, Proof = ticket });
        await copy.StartAsync();
        return copy;
    }

    private static HttpClient Visitor(Uri address, CookieContainer cookies) =>
        new(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = address };

    private static async Task<HttpStatusCode> EnterAsync(HttpClient visitor, string? ticket)
    {
        using var knock = new HttpRequestMessage(HttpMethod.Post, "/proof/enter");
        if (ticket is not null)
            knock.Headers.Add("X-Proof-Ticket", ticket);
        return (await visitor.SendAsync(knock)).StatusCode;
    }
}

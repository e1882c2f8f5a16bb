using System.Net;
using Microsoft.AspNetCore.Builder;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Who came is taken from a proxy's word only where it is one of ours.</summary>
[Collection(nameof(HttpPortal))]
public sealed class ProxiesTests(HttpPortal portal)
{
    [Theory]
    [InlineData(null, "203.0.113.50", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.51", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "203.0.113.52", "203.0.113.52")]
    // What the browser wrote itself stands before what our proxy added.
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.53", "203.0.113.53")]
    public async Task SignIn_ThroughAProxy_IsAuditedWhereItCameFrom(string? proxies, string forwarded, string expected)
    {
        using var folder = new TempFolder();
        await using var node = await portal.SecondNodeAsync(folder.Path, settings => settings with { Proxies = proxies });
        using var client = Client(node, forwarded);
        var name = $"khong co {forwarded} {proxies}";
        using (await HttpPortal.SignInAsync(client, name, "sai mat khau"))
            Assert.Equal(expected, await portal.ReadAsync($"SELECT details ->> 'from' FROM audit WHERE account_name = '{name}'"));
    }

    /// <summary>The framework's own variable, which believes everybody, counts for nothing here.</summary>
    [Fact]
    public async Task SignIn_WithTheFrameworksVariable_IsAuditedWhereItCameFrom()
    {
        const string variable = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";
        using var folder = new TempFolder();
        Environment.SetEnvironmentVariable(variable, "true");
        try
        {
            await using var node = await portal.SecondNodeAsync(folder.Path);
            using var client = Client(node, "203.0.113.54");
            using (await HttpPortal.SignInAsync(client, "khong co bien", "sai mat khau"))
                Assert.Equal("127.0.0.1", await portal.ReadAsync("SELECT details ->> 'from' FROM audit WHERE account_name = 'khong co bien'"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Network_OfAnAddress_IsWhatOneHouseholdHas(string address, string network) => Assert.Equal(network, Networks.Of(IPAddress.Parse(address)));

    [Fact]
    public void SignInLimit_ManyAddressesOfOneNetwork_CountAsOne()
    {
        using var limit = new QuanTrac.Portal.Features.Accounts.SignInLimit();
        Assert.All(Enumerable.Range(1, 30), number => Assert.True(limit.Allows(IPAddress.Parse($"2001:db8:1:2::{number:x}"))));
        Assert.Equal((false, true), (limit.Allows(IPAddress.Parse("2001:db8:1:2:ffff::1")), limit.Allows(IPAddress.Parse("2001:db8:1:3::1"))));
    }

    /// <summary>An administrator from elsewhere is told what a wrong password is told, and a cookie that was carried elsewhere opens nothing there.</summary>
    [Fact]
    public async Task SignIn_OfAnAdministrator_FromTheListAlone()
    {
        await portal.MakeAccountAsync("x-admin", Role.Admin, "TTCNTT");
        using var folder = new TempFolder();
        await using var node = await portal.SecondNodeAsync(folder.Path, settings => settings with { Proxies = "127.0.0.0/8", Administrators = AdminAddresses.Of("10.0.0.0/8") });
        using var outside = Client(node, "203.0.113.60");
        using (var answer = await EnterAsync(outside))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("203.0.113.60", await portal.ReadAsync("SELECT details ->> 'from' FROM audit WHERE act = 'sign-in-refused' AND account_name = 'x-admin'"));
        using var inside = Client(node, "10.1.2.3");
        using var entered = await EnterAsync(inside);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("quantrac=", StringComparison.Ordinal)).Split(';')[0];
        foreach (var (from, expected) in new[] { ("10.9.9.9", HttpStatusCode.OK), ("203.0.113.60", HttpStatusCode.Unauthorized) })
        {
            using var carried = Client(node, from);
            carried.DefaultRequestHeaders.Add("Cookie", cookie);
            using var data = await carried.GetAsync("/map/sites", TestContext.Current.CancellationToken);
            Assert.Equal(expected, data.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> EnterAsync(HttpClient client)
    {
        (await HttpPortal.SignInAsync(client, "x-admin", RunningPortal.Password)).Dispose();
        return await HttpPortal.SendAsync(client, "/sign-in/code", new() { ["code"] = await portal.CodeAsync("x-admin") });
    }

    private static HttpClient Client(WebApplication node, string forwarded)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(node.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        return client;
    }
}

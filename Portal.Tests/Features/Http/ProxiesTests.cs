using Microsoft.AspNetCore.Builder;
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
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(node.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        var name = $"khong co {forwarded} {proxies}";
        using (await HttpPortal.SignInAsync(client, name, "sai mat khau"))
            Assert.Equal(expected, await portal.ReadAsync($"SELECT details ->> 'from' FROM audit WHERE account_name = '{name}'"));
    }
}

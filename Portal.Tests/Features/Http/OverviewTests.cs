using System.Net;
using QuanTrac.Portal.Features.Demo;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Where each account begins, and the table that it may take along.</summary>
[Collection(nameof(HttpPortal))]
public sealed class OverviewTests(HttpPortal portal)
{
    [Theory]
    [InlineData("parent", null, "/overview")]
    [InlineData("company", null, "/overview")]
    [InlineData("halong", null, "/overview")]
    [InlineData("fisheries", "/", "/overview")]
    [InlineData("parent", "/duties", "/duties")]
    [InlineData("parent", "//elsewhere.example", "/overview")]
    [InlineData("manager", null, "/")]
    [InlineData("admin", null, "/")]
    [InlineData("guest", null, "/")]
    public async Task SignIn_EachAccount_BeginsWhereItIsServed(string account, string? asked, string reached)
    {
        using var client = portal.Stranger("127.0.1.8");
        using var first = await HttpPortal.SignInAsync(client, account, DemoAccounts.Password, asked);
        // An administrator comes to it by a code.
        using var answer = account == "admin" ? await HttpPortal.SendAsync(client, first.Headers.Location!.OriginalString, new() { ["code"] = await portal.CodeAsync(account) }) : first;
        Assert.Equal(new Uri(portal.Address, reached), new Uri(portal.Address, answer.Headers.Location!));
    }

    [Theory]
    [InlineData("parent", "", "MAU-B,", "MAU-C")]
    [InlineData("parent", "?unit=MAU-B", "MAU-GK05", "MAU-GK01")]
    [InlineData("company", "", "MAU-GK01", "MAU-GK05")]
    [InlineData("halong", "", "MAU-VB05", "MAU-VB09")]
    [InlineData("halong", "?q=vb05", "MAU-VB05", "MAU-VB01")]
    [InlineData("fisheries", "?medium=sea_water", "MAU-LB01", "MAU-VB05")]
    [InlineData("fisheries", "?table=areas", "pond_water", "MAU-VB05")]
    public async Task Download_OfEachAccount_HoldsItsOwnAndTheCitation(string account, string query, string there, string notThere)
    {
        var csv = await (await portal.ClientAsync(account)).GetStringAsync("/overview/download" + query, TestContext.Current.CancellationToken);
        Assert.Contains("Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", csv, StringComparison.Ordinal);
        Assert.Contains(there, csv, StringComparison.Ordinal);
        Assert.DoesNotContain(notThere, csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guest", "")]
    [InlineData("manager", "")]
    [InlineData("admin", "")]
    [InlineData("parent", "?unit=MAU-C")]
    [InlineData("company", "?unit=MAU-B")]
    [InlineData("company", "?unit=MAU-TD")]
    [InlineData("halong", "?unit=MAU-A")]
    public async Task Download_OfWhatIsNotTheirs_IsNotThere(string account, string query)
    {
        using var answer = await (await portal.ClientAsync(account)).GetAsync("/overview/download" + query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}

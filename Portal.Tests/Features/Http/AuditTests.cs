using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Features.Demo;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What leaves the portal and who is sent away is written down, with who and from where; what somebody types breaks no line of it.</summary>
[Collection(nameof(HttpPortal))]
public sealed class AuditTests(HttpPortal portal)
{
    // What hands out no file: the layer of the map, the calendar (by a token), the state of the host.
    private static readonly string[] NoFiles = ["/healthz", "/readyz", "/language", "/map/sites", "/basemap/{layer}.json", "/sign-in/agency", "/sign-in/agency/back"];

    [Theory]
    [InlineData("admin", HttpStatusCode.OK, "exported")]
    [InlineData("manager", HttpStatusCode.Forbidden, "refused")]
    [InlineData("halong", HttpStatusCode.Forbidden, "refused")]
    [InlineData("company", HttpStatusCode.Forbidden, "refused")]
    [InlineData("guest", HttpStatusCode.Forbidden, "refused")]
    public async Task Download_EachRole_IsAnsweredAndWritten(string account, HttpStatusCode expected, string act)
    {
        var client = await portal.ClientAsync(account);
        var of = $"FROM audit a WHERE act = '{act}' AND account_name = '{account}' AND subject = '/operations/audit/download'";
        var before = await portal.CountAsync($"SELECT count(*) {of}");
        using var answer = await client.GetAsync("/operations/audit/download?group=SignIn&account=" + account, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(before + 1, await portal.CountAsync($"SELECT count(*) {of}"));
        Assert.Equal($"127.0.0.1 {account} true", await portal.ReadAsync(
            $"""
            SELECT (details ->> 'from') || ' ' || (SELECT user_name FROM account c WHERE c.id = a.account_id) || ' '
                || (a.organisation_id = (SELECT o.id FROM organisation o JOIN account c ON c.organisation_code = o.code WHERE c.id = a.account_id))::text {of} ORDER BY a.id DESC LIMIT 1
            """));
        if (act == "refused")
            Assert.Equal("Operate", await portal.ReadAsync($"SELECT details ->> 'capability' {of} ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Export_OfAnyTable_IsWrittenWithItsFilterAndSize()
    {
        var client = await portal.ClientAsync("manager");
        var file = await client.GetByteArrayAsync("/duties/download?state=all&text=ph%C6%B0%E1%BB%9Dng", TestContext.Current.CancellationToken);
        Assert.Equal($"state=all&text=phường {file.Length}", await portal.ReadAsync(
            "SELECT (details ->> 'query') || ' ' || (details ->> 'bytes') FROM audit WHERE act = 'exported' AND subject = '/duties/download' ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task WhatIsNotThere_IsNotWritten()
    {
        var client = await portal.ClientAsync("halong");
        foreach (var address in new[] { "/intake/999999/file", "/organisations/changes/999999/document", "/assessment/proof/999999999" })
        {
            using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM audit WHERE subject = '{address}'"));
        }
    }

    [Fact]
    public void Addresses_ThatHandOutFiles_AreWatched()
    {
        var addresses = portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
                && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null
                && endpoint.RequestDelegate?.Method.DeclaringType?.Assembly.GetName().Name != "Microsoft.AspNetCore.StaticAssets"
                && endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.DeclaringType?.Namespace?.StartsWith("QuanTrac.", StringComparison.Ordinal) == true)
            .ToList();
        Assert.InRange(addresses.Count, 12, 200);
        Assert.Empty(addresses.Where(endpoint => endpoint.Metadata.GetMetadata<WatchedAddress>() is null).Select(endpoint => endpoint.RoutePattern.RawText!).Except(NoFiles));
    }

    [Fact]
    public async Task SignIn_NameThatBreaksLines_StaysOnOneAndNoPasswordIsKept()
    {
        using var client = portal.Stranger("127.0.0.61");
        const string name = "xấu\r\n2026-01-01,admin,signed-in", password = "mot-mat-khau-khong-ai-dung-98";
        using var answer = await HttpPortal.SignInAsync(client, name, password);
        Assert.Equal(1, await portal.CountAsync(
            @"SELECT count(*) FROM audit WHERE act = 'sign-in-failed' AND account_name = 'xấu\u000d\u000a2026-01-01,admin,signed-in' AND details ->> 'from' = '127.0.0.61'"));
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM audit a WHERE a::text LIKE '%{password}%' OR a::text LIKE '%{DemoAccounts.Password}%'"));
        var csv = await (await portal.ClientAsync("admin")).GetStringAsync("/operations/audit/download?group=SignIn", TestContext.Current.CancellationToken);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("entry,at,account,", lines[1], StringComparison.Ordinal);
        // Each line begins with the number of its entry: nobody wrote a line of his own.
        Assert.All(lines[2..], line => Assert.True(long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out _), line));
    }

    [Fact]
    public async Task SignIn_WhileALongTransactionHoldsAnEntry_DoesNotWait()
    {
        await using var slow = new NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Province));
        await slow.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await slow.ExecuteAsync("INSERT INTO audit (act) VALUES ('accepted')", default);
        var sealing = Task.Run(async () =>
        {
            await using var other = new NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Province));
            await other.OpenAsync();
            return await other.ScalarAsync<bool>("SELECT held_up FROM portal_seal_audit()", default);
        }, TestContext.Current.CancellationToken);
        using var client = portal.Stranger("127.0.0.62");
        // The sealing waits ten seconds at most; whoever signs in meanwhile does not.
        using var answer = await HttpPortal.SignInAsync(client, "halong", DemoAccounts.Password).WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.False(sealing.IsCompleted);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.False(await sealing);
    }
}

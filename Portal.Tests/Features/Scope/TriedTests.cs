using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>What somebody would try who wants to see more than is theirs.</summary>
[Collection(nameof(EveryRelation))]
public sealed class TriedTests(EveryRelation portal)
{
    /// <summary>Every method that a browser may call is an open door: a new one is put here together with the test that forges it.</summary>
    [Fact]
    public void Callbacks_OfThePortal_AreTheseAndNoOther() => Assert.Equal(
        // A hash and a site's code are asked of the database as if a stranger had typed them (below, and PagesTests at "/"); a shape is checked by PostGIS;
        // the others only say that something is to be read again, or closed.
        ["AreaMap.Drawn", "FileForm.Stored", "FilePick.Kept", "SiteMap.LayerShown", "SiteMap.SiteChosen", "SiteMap.SiteClosed", "UploadBox.Stored"],
        typeof(Routes).Assembly.GetTypes().SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<JSInvokableAttribute>() is not null)
            .Select(method => $"{type.Name}.{method.Name}")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("../../etc/passwd", "a.pdf")]
    [InlineData("", "a.pdf")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a.pdf")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "")]
    public async Task Callback_ForgedFile_IsNotTaken(string sha256, string name)
    {
        Scan? taken = null;
#pragma warning disable BL0005 // There is no page around it: the browser's call alone is tried.
        var pick = new FilePick { Label = "", Door = KeepFile.Scans, FileChanged = new EventCallback<Scan?>(null, (Action<Scan?>)(scan => taken = scan)) };
#pragma warning restore BL0005
        await pick.Kept(sha256, name);
        Assert.Null(taken);
    }

    [Theory]
    [InlineData("SET ROLE quantrac_province")]
    [InlineData("SET ROLE quantrac_owner")]
    [InlineData("SET SESSION AUTHORIZATION quantrac_province")]
    [InlineData("RESET ROLE; SELECT count(*) FROM account")]
    [InlineData("SET row_security = off; SELECT count(*) FROM site")]
    [InlineData("CREATE OR REPLACE FUNCTION portal_today() RETURNS date LANGUAGE sql STABLE AS 'SELECT date ''2099-01-01'''")]
    [InlineData("CREATE OR REPLACE FUNCTION portal_organisation() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'")]
    [InlineData("SELECT portal_refresh_visible()")]
    [InlineData("INSERT INTO visible SELECT organisation_id, site_id, data_group, rule, valid FROM visible")]
    [InlineData("UPDATE organisation SET kind = 'department'")]
    [InlineData("SELECT * FROM result_2026")]
    [InlineData("SELECT * FROM finding_2026")]
    [InlineData("SELECT * FROM pg_read_file('/etc/passwd')")]
    public async Task Sql_ThatReachesForAnotherLogin_IsRefused(string sql)
    {
        await using var database = new PortalDatabase(portal.Logins.ConnectionString);
        foreach (var role in new[] { "body", "facility", "parent", "guest" })
        {
            await using var db = await database.OpenAsync(await portal.AccessAsync(role));
            Assert.Equal((role, "42501"), (role, (await Assert.ThrowsAsync<PostgresException>(() => db.Connection.ExecuteAsync(sql, default))).SqlState));
        }
    }

    /// <summary>The scope of a connection is set by the portal alone; naming another organisation inside the scoped login is the one thing that raw SQL
    /// there could do, so no SQL of the portal is ever built from text (Rules).</summary>
    [Fact]
    public async Task Sql_WithoutAScope_SeesNothing()
    {
        await using var connection = new NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Scoped));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0L, await connection.ScalarAsync<long>("SELECT count(*) FROM site", default));
    }

    [Theory]
    [InlineData("facility", "/map/sites?organisation=PARENT-OWN&login=province&role=admin")]
    [InlineData("parent", "/map/sites?organisation=FACILITY-OWN")]
    [InlineData("guest", "/map/sites?organisation=GUEST-CHILD")]
    public async Task Address_NamingAnotherOrganisation_GivesNoSite(string account, string address)
    {
        using var answer = await (await portal.ClientAsync(account)).GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("\"Feature\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_Altered_LetsNobodyIn()
    {
        using var client = portal.Stranger("127.0.0.8");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites");
        request.Headers.Add("Cookie", "quantrac=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>A form names an organisation by code: whoever may not manage is refused whatever it names, and nothing is written.</summary>
    [Theory]
    [InlineData("department")]
    [InlineData("body")]
    [InlineData("facility")]
    [InlineData("parent")]
    [InlineData("guest")]
    public async Task Form_NamingAnotherOrganisation_IsRefused(string role)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var change = scope.ServiceProvider.GetRequiredService<ChangeOrganisations>();
        var access = await portal.AccessAsync(role);
        await Assert.ThrowsAsync<NotAllowedException>(() => change.RunAsync(
            access, new("1", new(2026, 1, 1), new(2026, 1, 1), "", [new MoveOrganisation("FACILITY-OTHER", access.OrganisationCode)]), null, null, default));
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Map;

/// <summary>T-CP has the commune 06793 and the former district 195 in the register, and a record of 2023; NB20 has the commune 06778, NB27 06760.</summary>
public sealed class SiteAreaTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TestDatabase database = new(cluster);

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        await database.ExecuteAsync(
            """
            INSERT INTO site (code, kind, name_vi, owner_id, commune, district, origin) SELECT 'T-CP', 'station', 'T-CP', id, '06793', '195', 'local' FROM organisation WHERE code = 'SONNMT';
            INSERT INTO site_position (site_id, valid, longitude, latitude, confidence) SELECT id, '(,)', 107.288, 21.018, 'high' FROM site WHERE code = 'T-CP';
            INSERT INTO campaign (code, programme_id, name_vi, period_start, period_end)
            SELECT 'T-2023', id, 'Quý III/2023', '2023-07-01', '2023-09-30' FROM programme WHERE medium = 'sea_water' ORDER BY id LIMIT 1;
            INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('1', 64), 1, 't');
            INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking)
            SELECT owner_id, 1, '', repeat('1', 64), 't', '', 'statement', 'accepted', 'done' FROM site WHERE code = 'T-CP';
            INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
            SELECT s.id, p.medium, p.data_group, c.id, c.period_start, c.period_end, 'quarter', sub.id
            FROM site s, campaign c JOIN programme p ON p.id = c.programme_id, submission sub WHERE s.code = 'T-CP' AND c.code = 'T-2023';
            INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, standard_changes,
                results, exceeding, undecided, reviewed, released)
            SELECT site_id, medium, data_group, campaign_id, 'today', period_start, period_end, 'within', 'worst-ratio', 'le1', false, 1, 0, 0, true, false FROM sample;
            """);
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Panel_OfARecordOf2023_NamesTheUnitOfItsDayAndTodays()
    {
        Assert.Equal(new SiteArea("Thành phố Cẩm Phả", "Phường Cẩm Phả", "Phường Cẩm Phả"), await AreaAsync("T-CP"));
        Assert.Equal(new SiteArea("Cẩm Phả City", "Cẩm Phả Ward", "Cẩm Phả Ward"), await AreaAsync("T-CP", "en"));
    }

    [Fact]
    public async Task Panel_WithoutARecord_NamesTodays() => Assert.Equal("Phường Quang Hanh", (await AreaAsync("NB20")).OnDay);

    [Theory]
    [InlineData("06793")]
    [InlineData("195")]
    public async Task Filter_ByTodaysAndByTheFormerUnit_FindsTheSiteWithItsOlderRecord(string area)
    {
        var found = (await ReadAsync(async data => await data.SitesAsync(new MapFilter { Area = area }, new(0, 100, default)))).Items.ToList();
        Assert.Contains(found, site => site.Code == "T-CP" && site.LastSampled == new DateOnly(2023, 9, 30));
        Assert.DoesNotContain(found, site => site.Code == "NB1");
    }

    // A square around T-CP is given to Quang Hanh, one far out at sea to Cẩm Phả.
    [Fact]
    public async Task Polygons_Loaded_GoBeforeTheRegister()
    {
        await database.ExecuteAsync(
            """
            UPDATE administrative_unit SET area = CASE code
                WHEN '06778' THEN (SELECT ST_Multi(ST_Expand(point, 0.001)) FROM site_position JOIN site ON site.id = site_id WHERE site.code = 'T-CP')
                ELSE ST_Multi(ST_MakeEnvelope(106.2, 20.4, 106.3, 20.5, 4326)) END
            WHERE code IN ('06778', '06793')
            """);
        Assert.Equal(new SiteArea("Thành phố Cẩm Phả", "Phường Quang Hanh", "Phường Cẩm Phả"), await AreaAsync("T-CP"));
        // Its commune has an outline now, and it is not in it.
        Assert.Equal(new SiteArea(null, null, "Phường Quang Hanh"), await AreaAsync("NB20"));
        // Its commune has none yet.
        Assert.Equal("Phường Mông Dương", (await AreaAsync("NB27")).Today);
    }

    // The register knows 25 in a commune, by its full outlines: 74 are in none. The file's outlines are coarser and leave out four more
    // (NB27, NB49, NB83, NB90), counted apart from the database by casting rays.
    [Fact]
    public async Task SeaStations_MostLieOutsideEveryCommune()
    {
        var path = SharedData.OrSkip("geo", "import-test-communes-2025.geojson");
        await using var owner = await database.OpenAsync(DatabaseRole.Owner);
        var reading = await AreaFile.ReadAsync(owner, path, "xa.geojson", AreaCrs.Wgs84, default);
        await owner.ExecuteAsync("UPDATE administrative_unit u SET area = ST_GeomFromGeoJSON(t.area) FROM unnest($1::text[], $2::text[]) AS t(code, area) WHERE u.code = t.code",
            default, reading.Features.Select(feature => feature.Properties["code"]).ToArray(), reading.Features.Select(feature => feature.Geometry).ToArray());
        Assert.Equal(99L, await database.ReadAsync(DatabaseRole.Owner, "SELECT count(*) FROM site WHERE code LIKE 'NB%'"));
        Assert.Equal(74L, await database.ReadAsync(DatabaseRole.Owner, "SELECT count(*) FROM site WHERE code LIKE 'NB%' AND commune IS NULL"));
        Assert.Equal(78L, await database.ReadAsync(DatabaseRole.Owner, "SELECT count(*) FROM site WHERE code LIKE 'NB%' AND NOT EXISTS (SELECT FROM site_unit WHERE site_id = id AND by_area)"));
        // Beyond the outlines the former district of the register holds for the days on which it was in being.
        Assert.Equal(99L, await database.ReadAsync(DatabaseRole.Owner, "SELECT count(*) FROM site WHERE code LIKE 'NB%' AND EXISTS (SELECT FROM site_unit WHERE site_id = id AND unit = district AND NOT by_area)"));
    }

    private async Task<SiteArea> AreaAsync(string site, string language = "vi-VN") =>
        (await ReadAsync(data => data.PanelAsync(new MapFilter { Site = site }, default), language))!.Area;

    // As the Department's manager.
    private async Task<T> ReadAsync<T>(Func<MapData, Task<T>> read, string language = "vi-VN")
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var portal = new PortalDatabase(database.Logins.ConnectionString);
        var access = new QuanTrac.Portal.Domain.Access.Access(Role.Manager, Login.Province, 7, "someone", 1, "SONNMT");
        return await read(new MapData(portal, new CurrentAccess(new SignedIn(access), new HttpContextAccessor()), new TestClock(TestClock.At(2026, 11, 20, 9))));
    }

    private sealed class SignedIn(QuanTrac.Portal.Domain.Access.Access access) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, access.AccountName), new(ClaimTypes.NameIdentifier, "7"), new(AccessClaims.Role, access.Role.ToString()),
            new(AccessClaims.Login, access.Login.ToString()), new(AccessClaims.OrganisationId, "1"), new(AccessClaims.OrganisationCode, access.OrganisationCode),
        ], "test"))));
    }
}

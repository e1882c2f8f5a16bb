using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Features.Territories;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Territories;

/// <summary>Four sites of the register's 06793 (Cẩm Phả) and one of 06778 (Quang Hanh) on a grid of their own:
/// T1 to T4 at longitude 107.01, 107.02, 107.03, 107.04 and latitude 20.5, T5 at 107.06. No other site is near.</summary>
public sealed class CompareTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>, IAsyncLifetime
{
    private const string WholeSquare = """{"type":"Polygon","coordinates":[[[106.1,20.35],[108.5,20.35],[108.5,21.9],[106.1,21.9],[106.1,20.35]]]}""";

    private QuanTrac.Portal.Domain.Access.Access admin = null!;

    public async ValueTask InitializeAsync()
    {
        var made = (long)(await ReadAsync("SELECT count(*) FROM site WHERE code = 'T1'"))!;
        if (made == 0)
        {
            await portal.Database.ExecuteAsync(
                """
                INSERT INTO organisation (code, kind, confidence, origin) VALUES ('T-BODY', 'body', 'high', 'local');
                INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code = 'T-BODY';
                INSERT INTO site (code, kind, name_vi, owner_id, commune, district, origin)
                SELECT v.code, 'station', v.code, o.id, v.commune, '195', 'local'
                FROM (VALUES ('T1', '06793'), ('T2', '06793'), ('T3', '06793'), ('T4', '06793'), ('T5', '06778')) AS v(code, commune), organisation o WHERE o.code = 'SONNMT';
                INSERT INTO site_position (site_id, valid, longitude, latitude, confidence)
                SELECT s.id, '(,)', v.longitude, 20.5, 'high'
                FROM (VALUES ('T1', 107.01), ('T2', 107.02), ('T3', 107.03), ('T4', 107.04), ('T5', 107.06)) AS v(code, longitude) JOIN site s ON s.code = v.code;
                """);
            await portal.AccountAsync("admin", Role.Admin, "TTCNTT");
        }
        admin = new(Role.Admin, Login.Province, 1, "admin", 1, "TTCNTT");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The new outline of Cẩm Phả holds T1, T2 and T5: T3 and T4 leave it, T5 comes from Quang Hanh.
    [Fact]
    public async Task Units_NewOutlineBesideTheRegister_CountsWhoComesAndGoes()
    {
        var before = (int)(long)(await ReadAsync("SELECT count(*) FROM site WHERE commune = '06793'"))!;
        var found = await portal.WithAsync<CompareUnits, UnitsComparison>(compare => compare.RunAsync(
            admin, new Dictionary<string, string> { ["06793"] = Union("[[[107.005,20.49],[107.025,20.49],[107.025,20.51],[107.005,20.51],[107.005,20.49]]]", "[[[107.055,20.49],[107.065,20.49],[107.065,20.51],[107.055,20.51],[107.055,20.49]]]") },
            true, default));

        var unit = Assert.Single(found.Units);
        Assert.Equal(("06793", null, before, 3), (unit.Code, unit.Before, unit.SitesBefore, unit.SitesAfter));
        // 0.03° by 0.02° at 20.5° N: 3.13 km by 2.21 km.
        Assert.InRange(unit.After, 6.8, 7.0);
        Assert.Contains(new SiteMove("T3", "T3", "Phường Cẩm Phả", null), found.Moves);
        Assert.DoesNotContain(found.Moves, move => move.Code is "T1" or "T2");
        Assert.Equal(("Phường Quang Hanh", "Phường Cẩm Phả"), found.Moves.Where(move => move.Code == "T5").Select(move => (move.From, move.To)).Single());
        // All of the register but T1 and T2.
        Assert.Equal(before - 2, found.Outside);
    }

    [Fact]
    public async Task Territory_Triangle_GainsTheSitesInIt()
    {
        // Under the line from (107.0, 20.45) to (107.035, 20.45) with its top at (107.0175, 20.55): T1 and T2 at half its height lie between 107.00875 and 107.02625.
        var found = await CompareAsync(TerritoryProposal.Area("T", """{"type":"Polygon","coordinates":[[[107.0,20.45],[107.035,20.45],[107.0175,20.55],[107.0,20.45]]]}"""));
        Assert.Equal(["T1", "T2"], found.Gained);
        Assert.Empty(found.Lost);
        Assert.Equal(2, found.Sites);
        Assert.Null(found.Share);
        // Half of 0.035° by 0.1°: 3.65 km by 11.07 km.
        Assert.InRange(found.Drawn!.Value, 20.0, 20.4);
        Assert.False(found.IsLarge);
    }

    [Fact]
    public async Task Territory_Commune_GainsTheSitesOfTheRegister()
    {
        var found = await CompareAsync(TerritoryProposal.OfUnits(["06793"], []));
        Assert.Equal(await ReadAsync("SELECT count(*) FROM site WHERE commune = '06793'"), (long)found.Gained.Count);
        Assert.Null(found.Drawn);
    }

    [Fact]
    public async Task Territory_OfTheWholeProvince_IsLarge()
    {
        var found = await CompareAsync(TerritoryProposal.Area("T", WholeSquare));
        Assert.Equal(found.AllSites, found.Sites);
        Assert.Null(found.Share);
        Assert.True(found.IsLarge);
    }

    // Each commune gets a square of 0.01° in a row; the area covers the first 40 of 54.
    [Fact]
    public async Task Territory_WithAllOutlines_KnowsItsShareOfTheProvince()
    {
        await using var owner = await portal.Database.OpenAsync(DatabaseRole.Owner);
        await using var transaction = await owner.BeginTransactionAsync();
        await owner.ExecuteAsync(
            """
            UPDATE administrative_unit u SET area = ST_Multi(ST_MakeEnvelope(107 + t.n * 0.01, 20.4, 107.01 + t.n * 0.01, 20.41, 4326))
            FROM (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n FROM administrative_unit WHERE kind = 'commune') AS t WHERE u.code = t.code
            """, default);
        await transaction.CommitAsync();
        try
        {
            var found = await CompareAsync(TerritoryProposal.Area("T", """{"type":"Polygon","coordinates":[[[107.0,20.39],[107.4,20.39],[107.4,20.42],[107.0,20.42],[107.0,20.39]]]}"""));
            Assert.InRange(found.Share!.Value, 40 / 54.0 - 0.001, 40 / 54.0 + 0.001);
            Assert.True(found.IsLarge);
        }
        finally
        {
            await owner.ExecuteAsync("UPDATE administrative_unit SET area = NULL WHERE kind = 'commune'", default);
        }
    }

    [Fact]
    public async Task Confirmed_Area_IsThereAndIsReplacedByItsName()
    {
        var geometry = """{"type":"Polygon","coordinates":[[[107.0,20.45],[107.035,20.45],[107.0175,20.55],[107.0,20.45]]]}""";
        await ChangeAsync(new DrawArea("T-BODY", "Vùng thử", geometry));
        var now = await portal.WithAsync<TerritoriesData, TerritoryNow?>(data => data.TerritoryAsync(admin, "T-BODY", true, default));
        Assert.Equal(("Vùng thử", 3, 2), (now!.Areas.Single().Name, now.Areas.Single().Points, now.Sites));
        // The same name over T3 only: T1 and T2 go.
        var found = await CompareAsync(TerritoryProposal.Area("Vùng thử", """{"type":"Polygon","coordinates":[[[107.025,20.45],[107.035,20.45],[107.03,20.55],[107.025,20.45]]]}"""));
        Assert.Equal(["T3"], found.Gained);
        Assert.Equal(["T1", "T2"], found.Lost);
        await ChangeAsync(new EndArea("T-BODY", "Vùng thử"));
        Assert.Equal(0, (await CompareAsync(TerritoryProposal.OfUnits([], []))).Sites);
    }

    [Fact]
    public async Task Units_OfTheProvince_AreAllMatched()
    {
        foreach (var (name, count) in new[] { ("import-test-communes-2025.geojson", 54), ("import-test-districts-2022-approx.geojson", 13) })
        {
            var path = SharedData.OrSkip("geo", name);
            await using var connection = await portal.Database.OpenAsync(DatabaseRole.Province);
            var reading = await AreaFile.ReadAsync(connection, path, name, AreaCrs.Wgs84, default);
            var units = await portal.WithAsync<TerritoriesData, IReadOnlyList<UnitOfRegister>>(data => data.UnitsAsync(admin, true, default));
            var matches = UnitMatch.Of(reading.Features, units);
            Assert.Equal(count, matches.Select(match => match.Unit).OfType<string>().Distinct().Count());
        }
    }

    private Task<TerritoryComparison> CompareAsync(TerritoryProposal proposal) =>
        portal.WithAsync<CompareTerritory, TerritoryComparison>(compare => compare.RunAsync(admin, "T-BODY", proposal, default));

    private async Task ChangeAsync(OrganisationAct act)
    {
        await portal.Database.ExecuteAsync("INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('a', 64), 1, 't.pdf') ON CONFLICT DO NOTHING");
        var day = DateOnly.FromDateTime(portal.Clock.Now.ToOffset(TimeSpan.FromHours(7)).DateTime);
        var change = new OrganisationChange("1/QĐ-T", day, day, "", [act]);
        var scan = new Scan(new string('a', 64), "t.pdf");
        var shown = await portal.WithAsync<ChangeOrganisations, ChangeOutcome>(use => use.RunAsync(admin, change, scan, null, default));
        Assert.Null(shown.Fault);
        Assert.NotNull((await portal.WithAsync<ChangeOrganisations, ChangeOutcome>(use => use.RunAsync(admin, change, scan, shown.Effect!.Seen, default))).Change);
    }

    private static string Union(params string[] polygons) => $$"""{"type":"MultiPolygon","coordinates":[{{string.Join(',', polygons)}}]}""";

    private Task<object?> ReadAsync(string sql) => portal.Database.ReadAsync(DatabaseRole.Owner, sql);
}

using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Who sees what, by raw SQL on each login: the rule of DESIGN §3 against <see cref="WatchedProvince"/>.</summary>
public sealed class VisibilityTests(WatchedProvince province) : IClassFixture<WatchedProvince>, IAsyncLifetime
{
    private static readonly string[] DataTables =
        ["sample", "result", "finding", "site_status", "site", "site_position", "site_standard", "campaign", "submission", "permit_limit", "programme_site"];

    /// <summary>"T1 T-C-1": which site's result of which campaign.</summary>
    private const string Seen = "SELECT s.code || ' ' || c.code FROM result r JOIN site s ON s.id = r.site_id JOIN campaign c ON c.id = r.campaign_id ORDER BY 1";

    public ValueTask InitializeAsync() => new(province.TodayAsync("2026-06-15"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task See_ScopedLoginWithoutScope_NothingInAnyTableOfData()
    {
        foreach (var table in DataTables.Append("visible").Append("visible_organisation").Append("stored_file").Append("submission_row"))
            Assert.Equal((table, 0L), (table, await province.Database.ReadAsync(DatabaseRole.Scoped, $"SELECT count(*) FROM {table}")));
    }

    [Fact]
    public async Task See_ScopeOfAnOrganisationThatHasNothing_Nothing()
    {
        foreach (var table in DataTables)
            Assert.Empty(await province.SeenAsync("T-NOBODY", $"SELECT '{table}' FROM {table}"));
    }

    [Fact]
    public async Task See_Province_All() =>
        Assert.Equal((long)WatchedProvince.Results, await province.Database.ReadAsync(DatabaseRole.Province, "SELECT count(*) FROM result"));

    [Fact]
    public async Task See_Facility_ItsOwnAndNoOthers()
    {
        Assert.Equal(["T1 T-A-1", "T1 T-C-1", "T1 T-C-2", "T1 T-D-0"], await province.SeenAsync("T-FAC1", Seen));
        Assert.Equal(["T1"], await province.SeenAsync("T-FAC1", "SELECT code FROM site"));
        foreach (var table in new[] { "sample", "finding", "site_status", "permit_limit", "site_position", "programme_site" })
            Assert.Equal(["T1"], await province.SeenAsync("T-FAC1", $"SELECT DISTINCT site.code FROM {table} t LEFT JOIN site ON site.id = t.site_id"));
    }

    [Fact]
    public async Task See_Parent_ItsChildFromTheDayOn()
    {
        await province.TodayAsync("2026-05-31");
        Assert.Empty(await province.SeenAsync("T-PARENT1", Seen));
        await province.TodayAsync("2026-06-01");
        Assert.Equal(["T1 T-A-1", "T1 T-C-1", "T1 T-C-2", "T1 T-D-0"], await province.SeenAsync("T-PARENT1", Seen));
        Assert.Equal(["T2 T-C-1", "T2 T-C-2", "T2 T-D-0", "T2 T-E-1"], await province.SeenAsync("T-PARENT2", Seen));
    }

    [Fact]
    public async Task See_Inspection_FacilityFromItsConclusionOnAndTheStateBefore()
    {
        const string inspected =
            """
            SELECT 'result' FROM result r JOIN site s ON s.id = r.site_id JOIN campaign c ON c.id = r.campaign_id WHERE c.code = 'T-D-1'
            UNION SELECT 'campaign' FROM campaign WHERE code = 'T-D-1' UNION SELECT 'inspection' FROM inspection WHERE number = 'T-D-1'
            UNION SELECT 'status' FROM site_status t JOIN campaign c ON c.id = t.campaign_id WHERE c.code = 'T-D-1'
            UNION SELECT 'submission' FROM submission WHERE file_name LIKE '% T-D-1'
            """;
        await province.TodayAsync("2026-06-19");
        Assert.Empty(await province.SeenAsync("T-FAC1", inspected));
        foreach (var table in new[] { "sample", "finding" })
            Assert.Equal(["4"], await province.SeenAsync("T-FAC1", $"SELECT count(*)::text FROM {table}"));
        Assert.Empty(await province.SeenAsync("T-PARENT1", inspected));
        Assert.Equal(5, (await province.SeenAsync("T-COMMUNE", inspected)).Count);
        await province.TodayAsync("2026-06-20");
        Assert.Equal(5, (await province.SeenAsync("T-FAC1", inspected)).Count);
    }

    [Fact]
    public async Task See_Body_ByTheRegisterOfItsTerritory() =>
        Assert.Equal(["T1 T-A-1", "T1 T-C-1", "T1 T-C-2", "T1 T-D-0", "T1 T-D-1"], await province.SeenAsync("T-COMMUNE", Seen));

    [Fact]
    public async Task See_Body_ByPolygonOnceOneIsLoaded()
    {
        try
        {
            // Around T3 at sea, which no register names, and not around T1.
            await province.Database.ExecuteAsync(
                "UPDATE administrative_unit SET area = ST_Multi(ST_MakeEnvelope(107.4, 20.7, 107.6, 20.9, 4326)) WHERE code = '06652'");
            Assert.Contains("T3", await province.SeenAsync("T-COMMUNE", "SELECT code FROM site"));
            Assert.DoesNotContain("T1", await province.SeenAsync("T-COMMUNE", "SELECT code FROM site"));
            await province.Database.ExecuteAsync("UPDATE site_position SET valid = '(,2026-07-01)' WHERE site_id = (SELECT id FROM site WHERE code = 'T3')");
            await province.TodayAsync("2026-07-01");
            Assert.DoesNotContain("T3", await province.SeenAsync("T-COMMUNE", "SELECT code FROM site"));
        }
        finally
        {
            await province.Database.ExecuteAsync(
                """
                UPDATE administrative_unit SET area = NULL WHERE code = '06652';
                UPDATE site_position SET valid = '(,)' WHERE site_id = (SELECT id FROM site WHERE code = 'T3');
                """);
        }
    }

    [Fact]
    public async Task See_Body_ByItsDataGroupOnly() => Assert.Equal(["T2 T-E-1"], await province.SeenAsync("T-BODY", Seen));

    [Fact]
    public async Task See_Board_ByItsListOnly() => Assert.Equal(["T3 T-A-1"], await province.SeenAsync("T-BOARD", Seen));

    [Fact]
    public async Task See_Guest_ReleasedAndReviewedOnly()
    {
        await using var guest = await province.OpenAsync(Login.Guest, "T-FAC1");
        var released = new[] { "T1 T-A-1", "T1 T-C-1", "T2 T-E-1", "T3 T-A-1" };
        Assert.Equal(released, await guest.Connection.ListAsync(Seen, row => row.GetString(0), default));
        foreach (var table in new[] { "sample", "finding", "site_status" })
        {
            Assert.Equal(released, await guest.Connection.ListAsync(
                $"SELECT s.code || ' ' || c.code FROM {table} t JOIN site s ON s.id = t.site_id JOIN campaign c ON c.id = t.campaign_id ORDER BY 1",
                row => row.GetString(0), default));
            Assert.Equal(4, await guest.Connection.ScalarAsync<long>($"SELECT count(*) FROM {table}", default));
        }
        Assert.Equal(["T-A-1", "T-C-1", "T-E-1"], await guest.Connection.ListAsync("SELECT code FROM campaign ORDER BY 1", row => row.GetString(0), default));
    }

    [Fact]
    public async Task See_Guest_NoInspectionThoughItsFlagIsForced()
    {
        const string released = "SELECT count(*) FROM site_status";
        var before = await province.Database.ReadAsync(DatabaseRole.Guest, released);
        await province.Database.ExecuteAsync("UPDATE site_status SET released = true, reviewed = true WHERE data_group = 'd'");
        Assert.Equal(before, await province.Database.ReadAsync(DatabaseRole.Guest, released));
        Assert.Equal("23514", await province.RefusalAsync(DatabaseRole.Owner, "UPDATE campaign SET released_at = now() WHERE code = 'T-D-1'"));
        await province.Database.ExecuteAsync("UPDATE site_status SET released = false WHERE data_group = 'd'");
    }

    [Theory]
    [InlineData("result_2026")]
    [InlineData("finding_2026")]
    [InlineData("result_other")]
    public async Task Read_PartitionDirectly_IsRefused(string partition)
    {
        foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Scoped, DatabaseRole.Guest, DatabaseRole.System })
            Assert.Equal("42501", await province.RefusalAsync(role, $"SELECT count(*) FROM {partition}"));
    }

    [Fact]
    public async Task Pool_ConnectionGivenBack_ForgetsItsScope()
    {
        int process;
        await using (var db = await province.OpenAsync(Login.Scoped, "T-FAC1"))
        {
            process = await db.Connection.ScalarAsync<int>("SELECT pg_backend_pid()", default);
            Assert.Equal(1, await db.Connection.ScalarAsync<long>("SELECT count(*) FROM site", default));
        }
        // Opened like any other of the pool, but for an organisation that is not there: only a setting left over could show a site.
        await using var again = await province.OpenAsync(Login.Scoped, "T-NOBODY");
        Assert.Equal(process, await again.Connection.ScalarAsync<int>("SELECT pg_backend_pid()", default));
        Assert.Equal(0, await again.Connection.ScalarAsync<long>("SELECT count(*) FROM site", default));
    }

    /// <summary>The plan that one organisation's runs have made asks anew who is looking.</summary>
    [Fact]
    public async Task Prepared_PlanOfAnotherOrganisation_ShowsNothingOfIt()
    {
        const string Sql = "SELECT r.id FROM result r JOIN site s ON s.id = r.site_id JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start WHERE s.code <> $1";
        int process;
        await using (var db = await province.OpenAsync(Login.Scoped, "T-FAC1"))
        {
            process = await db.Connection.ScalarAsync<int>("SELECT pg_backend_pid()", default);
            for (var run = 0; run < 12; run++)
                Assert.NotEmpty(await db.Connection.ListPreparedAsync(Sql, row => row.GetInt64(0), default, "none"));
            Assert.True(await db.Connection.ScalarAsync<long>("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT r.id FROM result r%'", default) > 0);
        }
        await using var again = await province.OpenAsync(Login.Scoped, "T-NOBODY");
        Assert.Equal(process, await again.Connection.ScalarAsync<int>("SELECT pg_backend_pid()", default));
        Assert.Empty(await again.Connection.ListPreparedAsync(Sql, row => row.GetInt64(0), default, "none"));
        Assert.True(await again.Connection.ScalarAsync<long>("SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT r.id FROM result r%'", default) > 0);
    }

    [Fact]
    public async Task Pool_RawConnectionAfterAScopedOne_SeesNothing()
    {
        await using (var scoped = await province.Database.OpenAsync(DatabaseRole.Scoped))
        {
            await scoped.ExecuteAsync("SELECT set_config('quantrac.organisation', (SELECT max(id) FROM organisation)::text, false)", default);
        }
        await using var raw = await province.Database.OpenAsync(DatabaseRole.Scoped);
        Assert.Equal("", await raw.ScalarAsync<string>("SELECT coalesce(current_setting('quantrac.organisation', true), '')", default));
    }
}

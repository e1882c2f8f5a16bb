using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>One database with the demo data, loaded once.</summary>
public sealed class DemoDatabase(TestCluster cluster) : IAsyncLifetime
{
    private readonly TempFolder files = new();

    public DatabaseLogins Logins { get; private set; } = null!;
    public ServiceProvider Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Logins = await cluster.CreateDatabaseAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPortal(Logins.ConnectionString, files.Path);
        Portal = services.BuildServiceProvider();
        // Broken off in the middle first, so that every test here also tells that the next load completes it.
        using var killed = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EnsureAsync(killed.Token));
        Assert.True(await EnsureAsync(CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await cluster.DropAsync(Logins);
        files.Dispose();
    }

    public Task<bool> EnsureAsync(CancellationToken cancel) => DemoData.EnsureAsync(Portal, Owner, cancel);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Owner);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The rows of a query as text, as the owner.</summary>
    public async Task<List<string>> ReadAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return await connection.ListAsync(sql, row => row.GetString(0), CancellationToken.None);
    }

    /// <summary>The one number that an account sees.</summary>
    public async Task<long> CountAsync(string account, string sql)
    {
        await using var scope = Portal.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PortalDatabase>();
        var accounts = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<QuanTrac.Portal.Data.Accounts.Account>>();
        var access = await AccountAccess.FindAsync(database, accounts, account, CancellationToken.None);
        await using var db = await database.OpenAsync(access!);
        return await db.Connection.ScalarAsync<long>(sql, CancellationToken.None);
    }

    private string Owner => Logins.ConnectionString(DatabaseRole.Owner);
}

public sealed class DemoDataTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private const string NotConcluded = "SELECT count(*) FROM result r JOIN campaign c ON c.id = r.campaign_id WHERE c.inspection_id IS NOT NULL AND c.concluded_on IS NULL";

    [Fact]
    public async Task Load_EachProgramme_SamplesEverySiteEightTimesWithEightParameters() =>
        Assert.Empty(await demo.ReadAsync(
            """
            SELECT concat_ws(' ', p.code, c.code, s.code, count(r.id))
            FROM programme p JOIN campaign c ON c.programme_id = p.id JOIN programme_site ps ON ps.programme_id = p.id JOIN site s ON s.id = ps.site_id
            LEFT JOIN result r ON r.campaign_id = c.id AND r.site_id = s.id AND r.medium = p.medium AND r.data_group = p.data_group
            WHERE p.origin = 'demo' GROUP BY p.code, c.code, s.code HAVING count(r.id) < 8
            UNION ALL
            SELECT p.code FROM programme p JOIN campaign c ON c.programme_id = p.id WHERE p.origin = 'demo' GROUP BY p.code HAVING count(*) < 8
            """));

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    public async Task Load_EachGroup_HasSitesAndVerdictsToLookAt(string group)
    {
        var sites = await demo.ReadAsync(
            $"SELECT DISTINCT s.code FROM site_status t JOIN site s ON s.id = t.site_id JOIN site_position USING (site_id) WHERE t.data_group = '{group}'");
        Assert.True(sites.Count >= 10, $"{sites.Count} sites");
        foreach (var view in new[] { "today", "day" })
        {
            var latest = await demo.ReadAsync(
                $"""
                SELECT verdict FROM (SELECT DISTINCT ON (site_id, medium) verdict FROM site_status
                    WHERE view = '{view}' AND data_group = '{group}' ORDER BY site_id, medium, period_end DESC) AS newest
                """);
            Assert.Contains("within", latest);
            Assert.InRange(latest.Count(verdict => verdict == "exceeds"), 1, latest.Count / 3);
        }
        Assert.NotEmpty(await demo.ReadAsync(
            $"SELECT reported FROM finding JOIN result ON result.id = result_id WHERE finding.data_group = '{group}' AND finding.reason = '{Compliance.DetectionLimitTooHigh}'"));
    }

    [Fact]
    public async Task Load_Results_AreNeverOnRealSites() =>
        Assert.Empty(await demo.ReadAsync("SELECT s.code FROM site s WHERE s.origin <> 'demo' AND EXISTS (SELECT FROM result r WHERE r.site_id = s.id)"));

    [Fact]
    public async Task Load_Names_SayThatTheyAreSamples()
    {
        var names = await demo.ReadAsync(
            """
            SELECT name_vi FROM organisation_name WHERE origin = 'demo' UNION ALL SELECT name_vi FROM facility WHERE origin = 'demo'
            UNION ALL SELECT number FROM permit UNION ALL SELECT number FROM inspection UNION ALL SELECT name_vi FROM site WHERE origin = 'demo'
            UNION ALL SELECT name_vi FROM programme WHERE origin = 'demo' UNION ALL SELECT name_vi FROM campaign
            UNION ALL SELECT name_vi FROM site_list WHERE origin = 'demo' UNION ALL SELECT name_vi FROM laboratory
            """);
        Assert.True(names.Count > 150);
        Assert.All(names, name => Assert.Contains("mẫu", name, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Load_Causes_ArePermitsAndInspections() =>
        Assert.Empty(await demo.ReadAsync(
            """
            SELECT s.code FROM programme_site ps JOIN site s ON s.id = ps.site_id WHERE ps.data_group IN ('b', 'c') AND ps.permit_id IS NULL
            UNION ALL SELECT c.code FROM campaign c JOIN programme p ON p.id = c.programme_id WHERE (p.data_group = 'd') <> (c.inspection_id IS NOT NULL)
            """));

    [Fact]
    public async Task Load_Campaigns_HalfAreReleasedAndInspectionsNever() =>
        Assert.Empty(await demo.ReadAsync(
            """
            SELECT p.code FROM programme p JOIN campaign c ON c.programme_id = p.id WHERE p.origin = 'demo' GROUP BY p.code, p.data_group
            HAVING count(*) FILTER (WHERE c.released_at IS NOT NULL) <> CASE p.data_group WHEN 'd' THEN 0 ELSE count(*) / 2 END
            """));

    [Fact]
    public async Task Load_InspectionNotConcluded_IsHiddenFromTheFacility()
    {
        Assert.True(await demo.CountAsync("manager", NotConcluded) > 0);
        Assert.Equal(0, await demo.CountAsync("company", NotConcluded));
        Assert.Equal(0, await demo.CountAsync("parent", NotConcluded));
        Assert.True(await demo.CountAsync("company", "SELECT count(*) FROM result WHERE data_group = 'd'") > 0);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("admin2")]
    [InlineData("halong")]
    [InlineData("fisheries")]
    [InlineData("parent")]
    [InlineData("company")]
    [InlineData("guest")]
    public async Task Load_EachAccount_SeesSomething(string account) =>
        Assert.True(await demo.CountAsync(account, "SELECT count(*) FROM site_status JOIN site ON site.id = site_id JOIN site_position USING (site_id)") > 0);

    [Fact]
    public async Task Load_LatestOfTheCompany_IsNotReviewed() =>
        Assert.Equal(["submitted", "submitted"], await demo.ReadAsync("SELECT state FROM submission WHERE state <> 'accepted'"));

    [Fact]
    public async Task Load_Again_DoesNothing() => Assert.False(await demo.EnsureAsync(CancellationToken.None));

    [Fact]
    public async Task Load_BrokenOff_HandsNoFileInTwice() =>
        Assert.Empty(await demo.ReadAsync("SELECT file_name FROM submission GROUP BY file_name HAVING count(*) > 1"));

    // What is told step by step on demand is what was stored: the two read the results by different ways.
    [Fact]
    public async Task Explanation_OfIndices_EndsAtTheStoredOne()
    {
        await using var connection = await demo.OpenAsync();
        var statuses = await connection.ListAsync(
            """
            SELECT site_id, medium, data_group, campaign_id, view, coalesce(ccme_value, index_value::int), coalesce(ccme_band, band) FROM (
                SELECT *, row_number() OVER (PARTITION BY index_code, medium, coalesce(ccme_band, band), view ORDER BY campaign_id DESC, site_id) AS place
                FROM site_status WHERE rests_on = 'all' AND (index_code <> 'worst-ratio' OR ccme_value IS NOT NULL)) one
            WHERE place <= 3
            """,
            row => (Site: row.GetInt32(0), Medium: row.GetString(1), Group: row.GetString(2), Campaign: row.GetInt32(3), View: row.GetString(4),
                Index: row.GetInt32(5), Band: row.GetString(6)), CancellationToken.None);

        Assert.Contains(statuses, status => status.Medium == "surface_water");
        Assert.Contains(statuses, status => status.Medium == "sea_water");
        var explanation = new EventExplanation(connection, PortalDay.Of(TimeProvider.System));
        foreach (var status in statuses)
        {
            var steps = (await explanation.OfAsync(status.Site, status.Medium, status.Group, status.Campaign, status.View, CancellationToken.None))!.Steps;
            Assert.Equal((StepCode.Class, (object)status.Index), (steps[^1].Code, steps[^1].Facts[0]));
        }
    }

    // The step of the schema that gave every status the class of its worst ratio says of old statuses what the engine says of the same results.
    [Fact]
    public async Task Migration_OfOldStatuses_EndsAtWhatTheEngineSays()
    {
        await using var connection = await demo.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var engine = await connection.ScalarAsync<string>(Statuses, CancellationToken.None);
        await connection.ExecuteAsync(AsTheyWere, CancellationToken.None);
        await connection.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "migrations", "0034_worst_ratio_everywhere.sql"), TestContext.Current.CancellationToken), CancellationToken.None);
        Assert.Equal(engine, await connection.ScalarAsync<string>(Statuses, CancellationToken.None));
    }

    private const string Statuses =
        """
        SELECT string_agg(concat_ws('/', site_id, medium, data_group, campaign_id, view, rests_on, ratio_class, ccme_value, ccme_band, index_code, index_value, band, index_reason), ';'
            ORDER BY site_id, medium, data_group, campaign_id, view, rests_on) FROM site_status
        """;

    // CCME WQI stood in the place of the index, its reason in the place of its reason, and what could not be judged in the class of the rest.
    private const string AsTheyWere =
        """
        ALTER TABLE site_status DROP CONSTRAINT site_status_index_code, DROP CONSTRAINT site_status_excess_is_no_good_class, DROP CONSTRAINT site_status_undecided_is_no_class;
        UPDATE site_status SET index_code = 'ccme-wqi', index_value = ccme_value, band = ccme_band, index_reason = '' WHERE ccme_value IS NOT NULL;
        UPDATE site_status SET index_reason = 'too_few_variables'
        WHERE index_code = 'worst-ratio' AND index_reason = 'no_index' AND medium IN ('sea_water', 'groundwater', 'pond_water', 'wastewater');
        UPDATE site_status SET band = 'le1' WHERE index_code = 'worst-ratio' AND verdict = 'cannot judge';
        ALTER TABLE site_status ADD CONSTRAINT site_status_index_code CHECK (index_code IN ('worst-ratio', 'vn-wqi', 'wqi-2011', 'vn-aqi', 'ccme-wqi')),
            DROP ratio_class, DROP ccme_value, DROP ccme_band;
        """;
}

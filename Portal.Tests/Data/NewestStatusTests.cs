using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Which status is the newest is marked on the rows: here it is held against its definition after every kind of change.</summary>
public sealed class NewestStatusTests(WatchedProvince province) : IClassFixture<WatchedProvince>
{
    private const string Wrong =
        """
        SELECT count(*) FROM (
            SELECT coalesce(newest, false) AS newest, coalesce(newest_released, false) AS newest_released,
                rests_on = 'all' AND row_number() OVER (PARTITION BY site_id, medium, data_group, view, rests_on ORDER BY period_end DESC, campaign_id DESC) = 1 AS first,
                open AND row_number() OVER (PARTITION BY site_id, medium, data_group, view, open ORDER BY period_end DESC, campaign_id DESC) = 1 AS first_released
            FROM (SELECT *, rests_on = 'released' AND released AND reviewed AND data_group <> 'd' AS open FROM site_status) AS st
        ) AS marked
        WHERE newest <> first OR newest_released <> first_released
        """;

    private const string Copy =
        """
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, standard_changes,
            results, exceeding, undecided, reviewed, released)
        SELECT site_id, medium, data_group, c.id, view, c.period_start, c.period_end, verdict, index_code, band, standard_changes,
            results, exceeding, undecided, reviewed, false
        FROM site_status JOIN campaign c ON c.code = 
        """;

    [Fact]
    public async Task Marks_AfterEveryKindOfChange_AreAsDefined()
    {
        await AssertMarkedAsync();
        foreach (var change in new[]
        {
            "UPDATE site_status SET released = true WHERE campaign_id = (SELECT id FROM campaign WHERE code = 'T-C-2')",
            "UPDATE site_status SET released = false WHERE campaign_id = (SELECT id FROM campaign WHERE code = 'T-C-2')",
            "UPDATE site_status SET reviewed = NOT reviewed WHERE data_group = 'c'",
            "UPDATE site_status SET reviewed = NOT reviewed WHERE data_group = 'c'",
            "CREATE TABLE kept AS SELECT * FROM site_status WHERE campaign_id = (SELECT id FROM campaign WHERE code = 'T-C-2')",
            "DELETE FROM site_status WHERE campaign_id = (SELECT id FROM campaign WHERE code = 'T-C-2')",
            "INSERT INTO site_status SELECT * FROM kept",
            "UPDATE site_status SET period_end = date '2020-01-31' WHERE campaign_id = (SELECT id FROM campaign WHERE code = 'T-C-2')",
        })
        {
            await province.Database.ExecuteAsync(change);
            await AssertMarkedAsync();
        }
    }

    [Fact]
    public async Task Marks_TwoCampaignsOfASiteAtOnce_OneIsTheNewest()
    {
        await province.Database.ExecuteAsync(
            """
            INSERT INTO campaign (code, programme_id, name_vi, period_start, period_end)
            SELECT v.code, p.id, v.code, v.day::date, v.day::date + 27 FROM programme p, (VALUES ('T-E-8', '2026-08-01'), ('T-E-9', '2026-09-01')) AS v(code, day)
            WHERE p.code = 'T-E'
            """);
        await using var first = await province.Database.OpenAsync(DatabaseRole.Owner);
        await using var second = await province.Database.OpenAsync(DatabaseRole.Owner);
        await using var open = await first.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await AddAsync(first, "'T-E-9'");
        var waiting = AddAsync(second, "'T-E-8'");
        await open.CommitAsync(TestContext.Current.CancellationToken);
        await waiting;
        Assert.Equal(0L, await second.ScalarAsync<long>(Wrong, TestContext.Current.CancellationToken));
    }

    private static Task AddAsync(NpgsqlConnection connection, string campaign) =>
        connection.ExecuteAsync(Copy + campaign + " WHERE rests_on = 'all' AND campaign_id = (SELECT id FROM campaign WHERE code = 'T-E-1')", TestContext.Current.CancellationToken);

    private async Task AssertMarkedAsync() => Assert.Equal(0L, await province.Database.ReadAsync(DatabaseRole.Owner, Wrong));
}

using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>The agency's own workbook, end to end: file, check, store, judge, map. Its counts were taken from the workbook by hand and by a script
/// of another language, which read the cells and the sheet's own row of limits.</summary>
public sealed class AgencyWorkbookTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    private const string Workbook = "quang-ninh-sea-2021-2023.xlsx";
    private const string LongCsv = "quang-ninh-sea-2021-2023.csv";

    [Fact]
    public async Task Import_RealWorkbook_StoresJudgesAndColours()
    {
        var (_, outcome, added) = await portal.ImportAsync(portal.Manager, SharedData.OrSkip(Workbook));
        Assert.Equal((1188, 28_991, 1, 0), (outcome.Samples, added, outcome.Refused, outcome.Present));

        Assert.Equal(outcome.Seen, outcome.Results + outcome.Refused + outcome.LeftOut!.Values.Sum());

        var (_, again, addedAgain) = await portal.ImportAsync(portal.Manager, SharedData.OrSkip(Workbook));
        Assert.Equal((0, 0, 28_991), (addedAgain, again.New, again.Present));

        var (_, csv, addedFromCsv) = await portal.ImportAsync(portal.Manager, SharedData.OrSkip(LongCsv));
        Assert.Equal((0, 28_991), (addedFromCsv, csv.Present));

        await using var db = await portal.OpenAsync(portal.Manager);
        Assert.Equal(162, await ExceedingAsync(db, "N-NH4"));
        Assert.Equal(12, await ExceedingAsync(db, "TSS"));
        await AssertGoldenCasesAsync(db);
        await AssertQuarterThreeAsync(db);
        await AssertSeenIsShownAsync();
    }

    // Guests see Quarter 3/2023 alone: of it no index that looks back can be made. With the three quarters before it theirs is that of the Department.
    private async Task AssertSeenIsShownAsync()
    {
        var guest = await portal.AccountAsync("reader", Role.Guest, "SONNMT");
        await ReleaseAsync("NB-2023-Q3");
        await using (var seen = await portal.OpenAsync(guest))
            Assert.Equal((99, 0), await CcmeAsync(seen));
        Assert.Equal(198, await portal.WithAsync<PortalDatabase, int>(database => SeenAndShown.AssertAsync(database, guest)));

        foreach (var earlier in new[] { "NB-2022-Q4", "NB-2023-Q1", "NB-2023-Q2" })
            await ReleaseAsync(earlier);
        await using (var seen = await portal.OpenAsync(guest))
        {
            Assert.Equal((99, 99), await CcmeAsync(seen));
            await AssertIndicesAsync(seen);
        }
        Assert.Equal(198, await portal.WithAsync<PortalDatabase, int>(database => SeenAndShown.AssertAsync(database, guest)));
        Assert.Equal(198, await portal.WithAsync<PortalDatabase, int>(database => SeenAndShown.AssertAsync(database, portal.Manager)));
    }

    private static async Task<(int Sites, int Indices)> CcmeAsync(PortalDb db) => (await db.Connection.ListAsync(
        "SELECT count(*)::int, count(s.ccme_value)::int FROM site_status s JOIN campaign c ON c.id = s.campaign_id WHERE c.code = 'NB-2023-Q3' AND s.view = 'today'",
        row => (row.GetInt32(0), row.GetInt32(1)), default))[0];

    private async Task ReleaseAsync(string code)
    {
        var campaign = (await portal.WithAsync<ReleaseCampaign, int?>(release => release.FindAsync(portal.Manager, code, default)))!.Value;
        Assert.Equal(ReleaseOutcome.Done, await portal.WithAsync<ReleaseCampaign, ReleaseOutcome>(release => release.RunAsync(portal.Manager, campaign, "Quyết định thử", release: true, default)));
    }

    private static Task<int> ExceedingAsync(PortalDb db, string parameter) => db.Connection.ScalarAsync<int>(
        "SELECT count(*)::int FROM finding WHERE view = 'today' AND governs AND parameter = $1 AND verdict = 'exceeds'", default, parameter);

    private static async Task AssertGoldenCasesAsync(PortalDb db)
    {
        async Task<string?> VerdictAsync(string parameter, string reported) => await db.Connection.ScalarAsync<string>(
            """
            SELECT string_agg(DISTINCT f.verdict, ',') FROM finding f JOIN result r ON r.id = f.result_id AND r.period_start = f.period_start
            WHERE f.view = 'today' AND f.governs AND f.parameter = $1 AND r.reported = $2
            """, default, parameter, reported);

        Assert.Equal("cannot judge", await VerdictAsync("Hg", "<0,0006"));
        Assert.Equal("within", await VerdictAsync("Hg", "<0,0005"));
        Assert.Equal("cannot judge", await VerdictAsync("P-PO4", ">0,02"));
    }

    // Straddles 12/09/2023: both standards are judged, the one of the first day governs.
    private static async Task AssertQuarterThreeAsync(PortalDb db)
    {
        var ratios = await db.Connection.ListAsync(
            "SELECT worst_ratio FROM site_status s JOIN campaign c ON c.id = s.campaign_id WHERE c.code = 'NB-2023-Q3' AND s.view = 'today'", row => row.GetDecimal(0), default);
        Assert.Equal([("le0.5", 7), ("le1", 84), ("le2", 7), ("le5", 1)],
            ratios.CountBy(RatioClass.Of).Select(band => (band.Key, band.Value)).OrderBy(band => band.Key, StringComparer.Ordinal));
        Assert.Equal(["le0.5 7", "le1 84", "le2 7", "le5 1"], await db.Connection.ListAsync(
            "SELECT ratio_class || ' ' || count(*) FROM site_status s JOIN campaign c ON c.id = s.campaign_id WHERE c.code = 'NB-2023-Q3' AND s.view = 'today' GROUP BY ratio_class ORDER BY 1",
            row => row.GetString(0), default));
        await AssertSupplementaryIndexAsync(db);
        Assert.Equal(99, await db.Connection.ScalarAsync<int>(
            "SELECT count(*)::int FROM site_status s JOIN campaign c ON c.id = s.campaign_id WHERE c.code = 'NB-2023-Q3' AND s.view = 'day' AND s.standard_changes", default));
        Assert.Equal("quarter", await db.Connection.ScalarAsync<string>("SELECT string_agg(DISTINCT precision, ',') FROM sample", default));
    }

    // CCME WQI of the four quarters that end with Quarter 3/2023, against the limits of the zone 0-6: recomputed from the CSV in another language.
    private static async Task AssertIndicesAsync(PortalDb db)
    {
        var indices = await db.Connection.ListAsync(
            """
            SELECT si.code, s.ccme_value FROM site_status s JOIN campaign c ON c.id = s.campaign_id JOIN site si ON si.id = s.site_id
            WHERE c.code = 'NB-2023-Q3' AND s.view = 'today' AND s.ccme_value IS NOT NULL
            """, row => (Site: row.GetString(0), Index: row.GetInt32(1)), default);
        Assert.Equal([(94, 1), (95, 2), (96, 9), (97, 3), (100, 84)], indices.CountBy(one => one.Index).Select(one => (one.Key, one.Value)).Order());
        Assert.Contains(("NB72", 94), indices);
    }

    private static async Task AssertSupplementaryIndexAsync(PortalDb db)
    {
        await AssertIndicesAsync(db);
        // With three campaigns there is too little for it. Legal it never is: sea water has no legal index.
        Assert.Equal(0, await db.Connection.ScalarAsync<int>(
            "SELECT count(ccme_value)::int FROM site_status s JOIN campaign c ON c.id = s.campaign_id WHERE c.code = 'NB-2021-Q3'", default));
        Assert.Equal("worst-ratio no_index", await db.Connection.ScalarAsync<string>("SELECT string_agg(DISTINCT index_code || ' ' || index_reason, ',') FROM site_status", default));
    }
}

using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Features.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Standards;

/// <summary>What the pages of standards read. Expected figures are of reference/water/qcvn_limits.csv, reference/air/qcvn_limits.csv and
/// reference/water/standards_timeline.csv, looked up by hand.</summary>
public sealed class StandardQueryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Day = new(2026, 5, 12);

    [Fact]
    public async Task List_OnADay_PutsWhatIsInForceFirst()
    {
        var list = await ListAsync(new(Day, "sea_water", null));
        Assert.Equal(["CCME WQI 1.0", "QCVN 10:2023/BTNMT", "QCVN 10-MT:2015/BTNMT"], list.Lines.Select(line => line.Papers.Code));
        Assert.Equal([StandardState.InForce, StandardState.InForce, StandardState.Ended], list.Lines.Select(line => line.State));
        Assert.Equal(32, list.Total);
    }

    // The new regulation took over on 12/09/2023.
    [Theory]
    [InlineData(2023, 9, 11, StandardState.InForce, StandardState.Future)]
    [InlineData(2023, 9, 12, StandardState.Ended, StandardState.InForce)]
    public async Task List_AroundTheChange_TellsTheStates(int year, int month, int day, StandardState old, StandardState @new)
    {
        var list = await ListAsync(new(new(year, month, day), null, "qcvn 10"));
        Assert.Equal(old, Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 10-MT:2015/BTNMT").State);
        Assert.Equal(@new, Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 10:2023/BTNMT").State);
    }

    [Fact]
    public async Task List_EndedButKeptByOlderFacilities_IsSaid()
    {
        var list = await ListAsync(new(Day, "wastewater", "qcvn 40"));
        var line = Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 40:2011/BTNMT");
        Assert.Equal((StandardState.Legacy, new DateOnly(2031, 12, 31)), (line.State, line.Papers.Legacy!.Until));
        Assert.False(Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 40:2025/BTNMT").HasValues);
    }

    [Theory]
    [InlineData("amoni")]
    [InlineData("AMÔNI")]
    [InlineData("n-nh4")]
    public async Task Search_AmmoniumInTheSea_AnswersWithItsLimits(string words)
    {
        var list = await ListAsync(new(Day, "sea_water", words));
        var now = Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 10:2023/BTNMT");
        var hit = Assert.Single(now.Hits);
        Assert.Equal(("0-6", "N-NH4", 0.1m, "mg/L"), (hit.ColumnCode, hit.Parameter, hit.Value.Upper, hit.Value.Unit.Code));
        var before = Assert.Single(list.Lines, line => line.Papers.Code == "QCVN 10-MT:2015/BTNMT");
        Assert.Equal([("aquaculture", 0.1m), ("bathing", 0.5m), ("other", 0.5m)], before.Hits.Select(row => (row.ColumnCode, row.Value.Upper!.Value)));
    }

    [Theory]
    [InlineData("khong co quy chuan nay")]
    [InlineData("amo%")]
    [InlineData("am_ni")]
    public async Task Search_NothingFits_IsEmpty(string words) => Assert.Empty((await ListAsync(new(Day, null, words))).Lines);

    // 50 µg/Nm3 until 31/12/2025, 45 from 01/01/2026.
    [Theory]
    [InlineData(2025, 12, 31, 50)]
    [InlineData(2026, 1, 1, 45)]
    public async Task Grid_DatedRow_ShowsTheDayAndTellsOfTheOther(int year, int month, int day, int limit)
    {
        var sheet = await FindAsync("qcvn-05-2023-btnmt");
        var grid = LimitGrid.Of(sheet!.Standard, new(new(year, month, day), null, "PM2.5"), Day);
        var cell = grid.Tables.SelectMany(table => table.Lines).Single(line => line.Averaging == Averaging.Day).Cells.Single();
        Assert.Equal(limit, cell!.Shown!.Value.Upper);
        Assert.Equal(95 - limit, Assert.Single(cell.OtherDays).Value.Upper);
        Assert.Equal((2, 66), (grid.Lines, grid.Total));
    }

    [Fact]
    public async Task Grid_ColumnsSideBySide_AreAsPrinted()
    {
        var sheet = await FindAsync("qcvn-40-2011-btnmt");
        var grid = LimitGrid.Of(sheet!.Standard, new(null, null, "N-NH4"), Day);
        var line = Assert.Single(Assert.Single(grid.Tables).Lines);
        Assert.Equal([5m, 10m], line.Cells.Select(cell => cell!.Shown!.Value.Upper!.Value));
        Assert.Equal(["Kq", "Kf"], line.Shown.First().Coefficients);
        Assert.Contains(sheet.Standard.Coefficients, step => step is { Coefficient: "Kq", Value: 1.3m });
    }

    [Fact]
    public async Task Find_Index_HasScalesAndClasses()
    {
        var sheet = await FindAsync("qd-1460-qd-tcmt");
        Assert.Equal("vn-wqi", sheet!.Standard.Papers.Index);
        Assert.Equal(6, sheet.Bands.Count);
        // Bảng 1 of the decision: As up to 0.01 mg/L scores 100.
        var arsenic = Assert.Single(sheet.Scales, scale => scale.Code == "As");
        Assert.Equal((0.01m, true, 100m), (arsenic.Steps[0].Segment.To, arsenic.Steps[0].Segment.ToIncluded, arsenic.Steps[0].Segment.IndexFrom));
    }

    [Fact]
    public async Task Find_UnknownAddress_IsNotThere() => Assert.Null(await FindAsync("qcvn-99-2099"));

    [Fact]
    public async Task Compare_SeaWater_TellsWhatBecameOfEachLimit()
    {
        var sheet = await CompareAsync(new(Day, null, "aquaculture", "qcvn-10-2023-btnmt", "0-6"));
        Assert.Equal(("QCVN 10-MT:2015/BTNMT", "QCVN 10:2023/BTNMT"), (sheet!.Old.Standard.Code, sheet.New.Standard.Code));
        Assert.Equal(["Cu", "Hg", "Zn"], Changed(sheet, LimitChange.Stricter));
        Assert.Equal(["OilMineral"], Changed(sheet, LimitChange.Looser));
        Assert.Equal(["BHC"], Changed(sheet, LimitChange.Gone));
        Assert.Empty(Changed(sheet, LimitChange.New));
        Assert.Equal(20, Changed(sheet, LimitChange.Same).Count());
        var copper = sheet.Rows.Single(row => row.Parameter.Code == "Cu");
        Assert.Equal((0.2m, 0.02m), (copper.Old!.Value.Upper, copper.New!.Value.Upper));
        // 1000 MPN or CFU there, 1000 MPN here.
        Assert.True(sheet.Rows.Single(row => row.Parameter.Code == "Coliform").UnitDiffers);
    }

    [Fact]
    public async Task Compare_BathingWater_ChangesComeFirst()
    {
        var sheet = await CompareAsync(new(Day, "qcvn-10-mt-2015-btnmt", "bathing", null, null));
        var ammonium = sheet!.Rows.Single(row => row.Parameter.Code == "N-NH4");
        Assert.Equal((LimitChange.Stricter, 0.5m, 0.1m), (ammonium.Change, ammonium.Old!.Value.Upper, ammonium.New!.Value.Upper));
        Assert.Equal(sheet.Rows.Select(row => row.Change).Order(), sheet.Rows.Select(row => row.Change));
    }

    [Fact]
    public async Task Compare_NothingNamed_ChoosesAPairWithFigures()
    {
        var sheet = await CompareAsync(new(null, null, null, null, null));
        Assert.Equal(sheet!.New.Standard.Code, sheet.Old.Standard.Papers.SupersededBy);
        Assert.Contains(sheet.Rows, row => row.Old is not null && row.New is not null);
        Assert.Null(await CompareAsync(new(null, "qcvn-99-2099", null, null, null)));
    }

    private static IEnumerable<string> Changed(ComparisonSheet sheet, LimitChange change) =>
        sheet.Rows.Where(row => row.Change == change).Select(row => row.Parameter.Code).Order(StringComparer.Ordinal);

    private async Task<StandardList> ListAsync(StandardFilter filter)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Guest);
        return await new StandardListQuery(connection, vietnamese: true, Day).RunAsync(filter, default);
    }

    private async Task<StandardSheet?> FindAsync(string slug)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Guest);
        return await new StandardQuery(connection, vietnamese: true).RunAsync(slug, default);
    }

    private async Task<ComparisonSheet?> CompareAsync(ComparisonChoice choice)
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Guest);
        return await new ComparisonQuery(connection, vietnamese: true, Day).RunAsync(choice, default);
    }
}

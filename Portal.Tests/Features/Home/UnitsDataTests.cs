using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Home;

namespace QuanTrac.Portal.Tests.Features.Home;

/// <summary>Subsidiaries side by side, down to one discharge point. The counts are those of <see cref="HomeProvince"/>, counted there by hand.</summary>
public sealed class UnitsDataTests(HomeProvince province) : IClassFixture<HomeProvince>
{
    // T-FAC1 belongs to T-PARENT1 since 1 June only; T1 was sampled in T-A-1, T-C-1, T-C-2 and in the concluded T-D-0 before.
    [Fact]
    public async Task Units_OfAParent_CountOlderResultsOfTheSubsidiary()
    {
        var units = await UnitsAsync("T-PARENT1");
        Assert.Equal(["T-PARENT1", "T-FAC1"], units.Select(unit => unit.Code));
        var below = units[1];
        Assert.Equal((1, "T-PARENT1"), (below.Depth, below.Under));
        Assert.Equal((1, 1, 0, 0), (below.Sites, below.Exceeding, below.Undecided, below.Unreviewed));
        // Group c has T-C-1 before T-C-2; a and d have one event each.
        Assert.Equal(1, below.ExceededBefore);
        Assert.Equal((4, new DateOnly(2026, 5, 28)), (below.Samples, below.LastDay!.Value));
        Assert.Equal((1, 1, 0, 0), (below.Done, below.Owed, below.Late, below.Expiring));
    }

    // All results lie in April and May: the second quarter, which is under way.
    [Fact]
    public async Task Quarters_OfASubsidiary_AreEightAndEndWithTheOneUnderWay()
    {
        var quarters = (await UnitsAsync("T-PARENT1"))[1].Quarters;
        Assert.Equal((8, new DateOnly(2024, 7, 1), new DateOnly(2026, 4, 1)), (quarters.Count, quarters[0].Start, quarters[^1].Start));
        Assert.All(quarters.SkipLast(1), cell => Assert.Null(cell.Verdict));
        // Without a ratio an excess counts as the class just above the limit.
        Assert.Equal(("exceeds", "le2", 1, 1), (quarters[^1].Verdict, quarters[^1].Band, quarters[^1].Sites, quarters[^1].Exceeding));
        Assert.Equal((1, 8), (await UnitsAsync("T-PARENT1"))[1].Delivered);
    }

    [Fact]
    public async Task Units_DeeperInTheTree_BearTheirParentAndWhatIsDue()
    {
        var units = await UnitsAsync("T-PARENT2");
        Assert.Equal(["T-PARENT2", "T-FAC2", "U-SUB"], units.Select(unit => unit.Code));
        var (middle, deep) = (units[1], units[2]);
        // T2 and T4; T4 is in no programme. T2's newest of group c is accepted.
        Assert.Equal((2, 1, 0, 0), (middle.Sites, middle.Exceeding, middle.Undecided, middle.Unreviewed));
        // T-C-1, T-C-2, T-D-0 and the three of T-E-1.
        Assert.Equal(6, middle.Samples);
        Assert.Equal((2, "T-FAC2"), (deep.Depth, deep.Under));
        Assert.Equal((1, 0, 1, 1), (deep.Sites, deep.Exceeding, deep.Undecided, deep.Unreviewed));
        Assert.Equal((0, 1, 1, 1), (deep.Done, deep.Owed, deep.Late, deep.Expiring));
        Assert.Null(deep.LastDay);
    }

    [Fact]
    public async Task Unit_OfASubsidiary_LeadsDownToItsSites()
    {
        var detail = await province.Units.UnitAsync(await province.AccessAsync(Role.Parent, "T-PARENT1"), "T-FAC1", default);
        var facility = Assert.Single(detail!.Facilities);
        var site = Assert.Single(facility.Sites);
        Assert.Equal(("T-F1", "T1", "exceeds"), (facility.Code, site.Code, site.Verdict));
        Assert.Equal(60, site.Deciding!.Value.Number);
        Assert.Equal("/?organisation=T-FAC1&site=T1", site.MapAddress);
        Assert.Equal("exceeds", site.Quarters[^1].Verdict);
        Assert.Equal("exceeds", detail.Unit.Quarters[^1].Verdict);
    }

    [Fact]
    public async Task Unit_WithAPermitAboutToEnd_NamesItOnTheNinetiethDayAndNoLater()
    {
        var detail = await province.Units.UnitAsync(await province.AccessAsync(Role.Parent, "T-PARENT2"), "U-SUB", default);
        var permit = Assert.Single(Assert.Single(detail!.Facilities).Permits);
        Assert.Equal(("GP-U-1", new DateOnly(2026, 9, 13)), (permit.Number, permit.LastDay));
    }

    [Theory]
    [InlineData(Role.Parent, "T-PARENT1", "T-FAC2")]
    [InlineData(Role.Parent, "T-PARENT1", "T-PARENT2")]
    [InlineData(Role.Facility, "T-FAC1", "T-FAC2")]
    [InlineData(Role.Facility, "T-FAC1", "T-PARENT1")]
    [InlineData(Role.Parent, "T-PARENT1", "SONNMT")]
    [InlineData(Role.Parent, "T-PARENT1", "nobody")]
    public async Task Unit_OutsideOnesTree_IsNotThere(Role role, string organisation, string asked) =>
        Assert.Null(await province.Units.UnitAsync(await province.AccessAsync(role, organisation), asked, default));

    [Fact]
    public async Task Units_OfAFacilityWithASubsidiary_StandBesideItsOwnSites()
    {
        var tree = await province.Units.UnitsAsync(await province.AccessAsync(Role.Facility, "T-FAC2"), default);
        Assert.Null(tree.Alone);
        Assert.Equal([("T-FAC2", 0, 2), ("U-SUB", 1, 1)], tree.Rows.Select(unit => (unit.Code, unit.Depth, unit.Sites)));
    }

    [Fact]
    public async Task Units_OfAFacilityAlone_AreItsOwnSites()
    {
        var tree = await province.Units.UnitsAsync(await province.AccessAsync(Role.Facility, "U-SUB"), default);
        Assert.Equal("U1", Assert.Single(Assert.Single(tree.Alone!.Facilities).Sites).Code);
    }

    [Fact]
    public async Task Units_OfAParentWithoutSubsidiaries_AreNone() =>
        Assert.Empty((await province.Units.UnitsAsync(await province.AccessAsync(Role.Parent, "U-PARENT"), default)).Rows);

    [Fact]
    public async Task Overview_OfAGuest_IsRefused()
    {
        var guest = await province.AccessAsync(Role.Guest, "SONNMT");
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Units.UnitsAsync(guest, default));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Boards.BoardAsync(guest, BoardFilter.Of(null, null, null, null), default));
    }

    private async Task<IReadOnlyList<UnitLine>> UnitsAsync(string parent) => (await province.Units.UnitsAsync(await province.AccessAsync(Role.Parent, parent), default)).Units;
}

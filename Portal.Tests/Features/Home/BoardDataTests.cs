using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Home;

namespace QuanTrac.Portal.Tests.Features.Home;

/// <summary>Sites × campaigns of a scope, and aquaculture areas, of <see cref="HomeProvince"/>.</summary>
public sealed class BoardDataTests(HomeProvince province) : IClassFixture<HomeProvince>
{
    private static readonly BoardFilter Plain = BoardFilter.Of(null, null, null, null);

    // The list of the board holds T3, and T3 is sampled in T-A-1 alone.
    [Fact]
    public async Task Board_OfAnAssignedList_HoldsItsSitesAndTheirCampaigns()
    {
        var board = await BoardAsync("T-BOARD", Plain);
        Assert.Equal([("sea_water", 1, 1)], board.Media.Select(medium => (medium.Code, medium.Sites, medium.Exceeding)));
        Assert.Equal(["T-A-1"], board.Columns.Select(column => column.Code));
        var site = Assert.Single(board.Sites);
        Assert.Equal(("T3", "exceeds", 1), (site.Code, site.Newest!.Verdict, site.Exceedances));
        Assert.False(board.IsAquaculture);
    }

    [Fact]
    public async Task Board_WithoutScope_IsEmpty()
    {
        var board = await BoardAsync("BQLVD", Plain);
        Assert.Empty(board.Media);
        Assert.Empty(board.Sites);
        Assert.False(board.IsAquaculture);
    }

    // The commune has T1: wastewater in T-C-1 and T-D-0 of April, T-C-2 and, being a state body, T-D-1 of May.
    [Fact]
    public async Task Board_OfATerritory_OrdersCampaignsByTimeAndKeepsMediaApart()
    {
        var board = await BoardAsync("T-COMMUNE", Plain with { Medium = "wastewater" });
        Assert.Equal(4, board.Columns.Count);
        Assert.Equal(["T-C-1", "T-D-0"], board.Columns.Take(2).Select(column => column.Code).Order());
        Assert.Equal(["T-C-2", "T-D-1"], board.Columns.Skip(2).Select(column => column.Code).Order());
        Assert.Equal(5, (await BoardAsync("T-COMMUNE", Plain with { Medium = BoardFilter.AllMedia })).Columns.Count);
        Assert.Empty((await BoardAsync("T-COMMUNE", Plain with { Text = "không có" })).Sites);
        // No status was made by the standards of the day.
        Assert.Empty((await BoardAsync("T-COMMUNE", Plain with { View = "day" })).Columns);
    }

    // T-BODY has group e alone: T2 in T-E-1, in commune 06658.
    [Fact]
    public async Task Areas_OfGroupE_ShowNonDetectsAsSuch()
    {
        var body = await province.AccessAsync(Role.Manager, "T-BODY");
        Assert.True((await province.Boards.BoardAsync(body, Plain, default)).IsAquaculture);
        var area = Assert.Single(await province.Boards.AreasAsync(body, "today", default));
        Assert.Equal(("06658", "pond_water", 1, 1), (area.Commune, area.Medium, area.Sites, area.Exceeding));
        Assert.Contains("Cao Xanh", area.Area, StringComparison.Ordinal);
        // What exceeds comes first.
        Assert.Equal(["TSS", "N-NH4"], area.Figures.Select(figure => figure.Parameter));
        var ammonium = area.Figures[1];
        Assert.Equal(new ReportedValue(0.05m, Censoring.Below), ammonium.Lowest);
        Assert.Equal(new ReportedValue(0.12m), ammonium.Highest);
        Assert.Equal((0.3m, 0, 1), (ammonium.Limit!.Upper!.Value, ammonium.Exceeding, ammonium.Sites));
        Assert.Equal((60m, 60m, 1), (area.Figures[0].Lowest.Number, area.Figures[0].Highest.Number, area.Figures[0].Exceeding));
    }

    [Fact]
    public async Task Areas_OfABodyByTerritory_AreNotShown() => Assert.False((await BoardAsync("T-COMMUNE", Plain)).IsAquaculture);

    private async Task<Board> BoardAsync(string organisation, BoardFilter filter) => await province.Boards.BoardAsync(await province.AccessAsync(Role.Manager, organisation), filter, default);
}

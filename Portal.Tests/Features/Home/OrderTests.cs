using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Home;

/// <summary>What stands first, what is remembered in the address, and which ink can be read.</summary>
public sealed class OrderTests
{
    private static readonly UnitLine[] Units = [Unit("A", exceeding: 0, worst: null, samples: 9), Unit("B", exceeding: 2, worst: 1.2m, samples: 5), Unit("C", exceeding: 2, worst: 3m, samples: 7)];

    [Theory]
    [InlineData(null, null, "CBA")]
    [InlineData("worst", "turned", "ABC")]
    [InlineData("name", null, "ABC")]
    [InlineData("name", "turned", "CBA")]
    [InlineData("samples", null, "ACB")]
    [InlineData("exceeding", "turned", "ABC")]
    [InlineData("what", null, "CBA")]
    public void Apply_EachColumn_PutsTheWorstOrTheGreatestFirst(string? sort, string? order, string expected) =>
        Assert.Equal(expected, string.Concat(UnitOrder.Of(sort, order).Apply(Units).Select(unit => unit.Code)));

    [Fact]
    public void Press_SameColumnTwice_TurnsItRound()
    {
        var once = UnitOrder.Of(null, null).Press("samples");
        Assert.Equal("?sort=samples", once.Query);
        Assert.Equal("?sort=samples&order=turned", once.Press("samples").Query);
        Assert.Equal("", once.Press(UnitOrder.Worst).Query);
    }

    [Fact]
    public void Query_OfTheMatrix_HoldsWhatDiffersFromThePlainOne()
    {
        Assert.Equal("", BoardFilter.Of(null, " ", "what", null).Query);
        Assert.Equal("?medium=sea_water&q=b%C3%A3i&view=day&sort=name", BoardFilter.Of("sea_water", "bãi", "day", "name").Query);
    }

    // Newest of A is within, of B and C an excess of 1.5; C exceeded once before; D was never sampled. Names run the other way.
    [Theory]
    [InlineData("worst", "CBAD")]
    [InlineData("first", "CABD")]
    [InlineData("name", "DCBA")]
    [InlineData("what", "CBAD")]
    public void Ordered_Matrix_PutsTheWorstNewestFirstThenWhoExceededMost(string sort, string expected)
    {
        BoardSite[] sites = [Site("A", "4", Excess(2), Within), Site("B", "3", Within, Excess(1.5m)), Site("C", "2", Excess(3), Excess(1.5m)), Site("D", "1", null, null)];
        var day = new Period(new(2026, 1, 1), new(2026, 3, 31), "quarter");
        var board = new Board([], null, [new(1, "first", "first", "sea_water", day), new(2, "second", "second", "sea_water", day)], sites, false);
        Assert.Equal(expected, string.Concat(board.Ordered(sort).Sites.Select(site => site.Code)));
    }

    private static BoardCell Within { get; } = new("within", "le0.5", null, 0.3m, false, true);

    private static BoardCell Excess(decimal ratio) => Within with { Verdict = "exceeds", Band = "le2", Ratio = ratio };

    private static BoardSite Site(string code, string name, params BoardCell?[] cells) => new(code, name, null, cells);

    // The day before a quarter begins and its first day.
    [Theory]
    [InlineData(2026, 3, 31, 2026, 1)]
    [InlineData(2026, 4, 1, 2026, 4)]
    [InlineData(2026, 12, 31, 2026, 10)]
    public void Quarters_UntilADay_EndWithItsOwn(int year, int month, int day, int ofYear, int ofMonth)
    {
        var quarters = Quarters.Until(new(year, month, day));
        Assert.Equal(8, quarters.Count);
        Assert.Equal(new DateOnly(ofYear, ofMonth, 1), quarters[^1]);
        Assert.Equal(quarters[^1].AddMonths(-21), quarters[0]);
    }

    // By WCAG 2: white on #8c2d4f 8.1, on #2f7f8f 4.6; dark on #d9683c 5.3 (white 3.5), on #e8b04a and #8fc3c0 9.5.
    [Theory]
    [InlineData("#8c2d4f", "#fff")]
    [InlineData("#2f7f8f", "#fff")]
    [InlineData("#d9683c", "#0a151a")]
    [InlineData("#e8b04a", "#0a151a")]
    [InlineData("#8fc3c0", "#0a151a")]
    public void Ink_OnEachClass_IsTheOneThatCanBeRead(string colour, string ink) => Assert.Equal(ink, Ink.On(colour));

    private static UnitLine Unit(string name, int exceeding, decimal? worst, int samples) => new(name, name, "T", 1, 5, exceeding, 0, 0, worst, 0, 0, samples, null, null, 0, 0, 0, 0);
}

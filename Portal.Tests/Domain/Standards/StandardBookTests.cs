using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Domain.Standards;

public sealed class StandardBookTests
{
    private static readonly Unit Micrograms = new("µg/Nm3", "mass concentration", 0.000001m, "", "");
    private static readonly Parameter Dust = new("PM2.5", "Bụi PM2,5", "PM2.5", Micrograms, 1);
    private static readonly DateOnly LastDay = new(2025, 12, 31);

    [Fact]
    public void Resolve_LimitThatChanges_GivesTheRowOfTheDay()
    {
        var book = Book(Row(50m, new(null, LastDay)), Row(45m, new(LastDay.AddDays(1), null)));

        Assert.Equal(50m, Assert.Single(book.Resolve("QCVN X", "all", "PM2.5", LastDay)).Value.Upper);
        Assert.Equal(45m, Assert.Single(book.Resolve("QCVN X", "all", "PM2.5", LastDay.AddDays(1))).Value.Upper);
    }

    [Fact]
    public void Resolve_UnknownColumnOrParameter_GivesNothing()
    {
        var book = Book(Row(50m, DateInterval.Always));

        Assert.Empty(book.Resolve("QCVN X", "other", "PM2.5", LastDay));
        Assert.Empty(book.Resolve("QCVN X", "all", "SO2", LastDay));
        Assert.Empty(book.Resolve("QCVN Y", "all", "PM2.5", LastDay));
        Assert.Null(book.Find("QCVN Y"));
    }

    [Fact]
    public void New_RowsThatHoldOnOneDay_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Book(Row(50m, new(null, LastDay)), Row(45m, new(LastDay, null))));

    [Fact]
    public void New_AnnualMeanBesideSingleValue_IsBuilt()
    {
        var book = Book(Row(50m, DateInterval.Always), Row(25m, DateInterval.Always, Averaging.Annual));

        Assert.Equal(2, book.Resolve("QCVN X", "all", "PM2.5", LastDay).Count);
    }

    [Fact]
    public void New_LimitOfAColumnThatIsNotThere_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Make([], Row(50m, DateInterval.Always)));

    [Fact]
    public void Find_RowInsideALongerOne_IsAnOverlapThoughNotANeighbour()
    {
        DateInterval[] rows = [new(new(2020, 1, 1), null), new(new(2021, 1, 1), new(2021, 12, 31)), new(new(2023, 1, 1), new(2023, 12, 31))];

        Assert.Equal(2, Overlaps.Find(rows, _ => 1, row => row).Count());
    }

    private static Limit Row(decimal upper, DateInterval valid, Averaging averaging = default) =>
        new(new("QCVN X", "all", "Bảng 1"), Dust, "", averaging, new(LimitKind.Max, null, upper, Micrograms), valid, new("", Confidence.Low, "test", ""));

    private static StandardBook Book(params Limit[] limits) => new([Make([new("all", "", "", "air", Confidence.Low)], limits)]);

    private static Standard Make(StandardColumn[] columns, params Limit[] limits) =>
        new(new("QCVN X", "", "", "", "", DateInterval.Always, Confidence.Low, null, null, null, "", "", null, []), columns, limits);
}

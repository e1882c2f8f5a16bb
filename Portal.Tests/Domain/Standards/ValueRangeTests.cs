using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Domain.Standards;

public sealed class ValueRangeTests
{
    private static readonly ValueRange AboveTo = new(50m, null, 200m, null);
    private static readonly ValueRange FromBelow = new(null, 50m, null, 200m);

    [Theory]
    [InlineData(50, false, true)]
    [InlineData(50.01, true, true)]
    [InlineData(200, true, false)]
    [InlineData(200.01, false, false)]
    public void Contains_Ends_BelongAsPrinted(double number, bool aboveTo, bool fromBelow)
    {
        Assert.Equal(aboveTo, AboveTo.Contains((decimal)number));
        Assert.Equal(fromBelow, FromBelow.Contains((decimal)number));
    }

    [Fact]
    public void GapTo_Neighbours_TellsGapAndOverlap()
    {
        Assert.Equal(0, AboveTo.GapTo(new(200m, null, null, null)));
        Assert.Equal(-1, AboveTo.GapTo(new(null, 200m, null, null)));
        Assert.Equal(0, FromBelow.GapTo(new(null, 200m, null, null)));
        Assert.Equal(1, FromBelow.GapTo(new(200m, null, null, null)));
        Assert.Equal(1, AboveTo.GapTo(new(201m, null, null, null)));
        Assert.Equal(-1, AboveTo.GapTo(new(199m, null, null, null)));
        Assert.Equal(-1, ValueRange.All.GapTo(AboveTo));
    }

    [Fact]
    public void New_TwoLowerEndsOrNothingBetween_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ValueRange(50m, 50m, null, null));
        Assert.Throws<ArgumentException>(() => new ValueRange(200m, null, 50m, null));
        Assert.Throws<ArgumentException>(() => new ValueRange(50m, null, 50m, null));
        Assert.Throws<ArgumentException>(() => new ValueRange(null, 50m, null, 50m));
        Assert.True(new ValueRange(null, 50m, 50m, null).Contains(50m));
    }

    [Fact]
    public void ToString_IsANumrange() => Assert.Equal(["(50,200]", "[50,200)", "(,)"], [AboveTo.ToString(), FromBelow.ToString(), ValueRange.All.ToString()]);
}

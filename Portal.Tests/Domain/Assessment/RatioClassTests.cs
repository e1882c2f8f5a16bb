using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

public sealed class RatioClassTests
{
    [Theory]
    [InlineData("0", "le0.5")]
    [InlineData("0.5", "le0.5")]
    [InlineData("0.500001", "le1")]
    [InlineData("1", "le1")]
    [InlineData("1.000001", "le2")]
    [InlineData("2", "le2")]
    [InlineData("2.01", "le5")]
    [InlineData("5", "le5")]
    [InlineData("5.01", "gt5")]
    [InlineData("1000", "gt5")]
    public void Of_Ratio_IsTheClassThatEndsAtOrAboveIt(string ratio, string expected) =>
        Assert.Equal(expected, RatioClass.Of(decimal.Parse(ratio, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("le1", "le2", "le2")]
    [InlineData("gt5", "le2", "gt5")]
    [InlineData("none", "le0.5", "le0.5")]
    [InlineData("none", "none", "none")]
    public void Worse_TwoClasses_IsTheWorseInEitherOrder(string one, string other, string worse)
    {
        Assert.Equal(worse, RatioClass.Worse(one, other));
        Assert.Equal(worse, RatioClass.Worse(other, one));
    }
}

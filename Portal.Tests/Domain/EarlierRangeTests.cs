using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain;

public sealed class EarlierRangeTests
{
    // Earlier results from 40 to 60: half the width is 10, a third of the least 13.3.
    [Theory]
    [InlineData("60", false)]
    [InlineData("70", false)]
    [InlineData("70.1", true)]
    [InlineData("30", false)]
    [InlineData("29.9", true)]
    [InlineData("<5", false)]
    [InlineData("<500", false)]
    [InlineData(">65", false)]
    [InlineData(">80", true)]
    public void Value_AgainstEarlierOnes_IsUnusualBeyondHalfTheirWidth(string value, bool unusual) =>
        Assert.Equal(unusual, new EarlierRange(4, 40, 60).MakesUnusual(Of(value)));

    // From 2 to 100: the width lets nothing lie too low, the third of the least does. A slipped decimal mark: 0.5 for 5.
    [Theory]
    [InlineData("0.7", false)]
    [InlineData("0.5", true)]
    [InlineData("0", true)]
    [InlineData("149", false)]
    [InlineData("150", true)]
    public void Value_FarBelowAWideRange_IsUnusualToo(string value, bool unusual) => Assert.Equal(unusual, new EarlierRange(9, 2, 100).MakesUnusual(Of(value)));

    // Never detected before, below 0.02.
    [Theory]
    [InlineData("0.03", false)]
    [InlineData("0.04", true)]
    [InlineData("0.001", false)]
    public void Value_WhereNothingWasDetected_IsUnusualAboveTheLimitOfDetection(string value, bool unusual) => Assert.Equal(unusual, new EarlierRange(6, 0, 0.02m).MakesUnusual(Of(value)));

    [Fact]
    public void Value_AgainstThreeResults_IsNeverUnusual() => Assert.False(new EarlierRange(3, 40, 60).MakesUnusual(Of("4000")));

    private static ReportedValue Of(string text)
    {
        var censoring = text[0] switch { '<' => Censoring.Below, '>' => Censoring.Above, _ => Censoring.None };
        return new(decimal.Parse(text.TrimStart('<', '>'), System.Globalization.CultureInfo.InvariantCulture), censoring);
    }
}

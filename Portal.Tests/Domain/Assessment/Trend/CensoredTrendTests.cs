using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Trend;

/// <summary>Values below and above limits: what is known of their order counts, and nothing is put in their place.</summary>
public sealed class CensoredTrendTests
{
    // The first three are the examples in the documentation of cenken (R package NADA); ">" is the same upside down.
    [Theory]
    [InlineData("<1 10", 1)]
    [InlineData("<1 0.5", 0)]
    [InlineData("<1 <5", 0)]
    [InlineData("<1 1", 1)]
    [InlineData("1 <1", -1)]
    [InlineData("<5 <5", 0)]
    [InlineData("3 3", 0)]
    [InlineData(">5 3", -1)]
    [InlineData("5 >5", 1)]
    [InlineData(">5 8", 0)]
    [InlineData(">5 >8", 0)]
    [InlineData("<5 >5", 1)]
    [InlineData("<5 >4", 0)]
    public void MannKendall_TwoValues_CountsWhatIsKnown(string values, int s)
    {
        Assert.Equal(s, TrendTest.MannKendall(TrendSamples.Series(values)).S);
        Assert.Equal(-s, TrendTest.MannKendall(TrendSamples.Series(string.Join(' ', values.Split(' ').Reverse()))).S);
    }

    // Dissolved iron of the Brazos river, summers of 1977-1985, µg/L (Hughes and Millard 1988; data set DFe of the R package NADA), counted by
    // hand: 20 is above all eight others, 7 above 3, <3, <3, and 3 above <3 and <3; of <10 with what follows nothing is known.
    [Fact]
    public void MannKendall_DissolvedIron_IsTheCountByHand()
    {
        var result = TrendTest.MannKendall(TrendSamples.Series("20 <10 <10 <10 <10 7 3 <3 <3"));

        Assert.Equal((-13L, -13 / 36.0, 6, (TrendGap?)TrendGap.TooFewValues), (result.S, result.TauA, result.Below, result.Gap));
        Assert.Equal(new DetectionLimits(3, 10, 3), result.Limits);
    }

    // The variance is the mean of S² over all orders of the values: here over each of the 5040.
    [Theory]
    [InlineData("1 2 3 4 5 6 7")]
    [InlineData("1 2 2 3 3 3 4")]
    [InlineData("<1 2 <3 4 <5 6 7")]
    [InlineData("<5 <5 <1 2 6 >4 >7")]
    [InlineData("<2 <2 <2 <2 1 1 9")]
    public void MannKendall_VarianceOfS_IsThatOfAllOrders(string values)
    {
        var all = TrendSamples.Points(values);
        var squares = Orders(all.Count)
            .Select(order => TrendTest.MannKendall(new(order.Select((from, to) => new TrendPoint(to, all[from].Value)))).S!.Value)
            .Average(s => (double)s * s);

        Assert.Equal(squares, TrendTest.MannKendall(new(all)).VarS!.Value, 1e-9);
    }

    // Times that tie, and values that tie: the same over all orders.
    [Fact]
    public void MannKendall_VarianceOfSWithEqualTimes_IsThatOfAllOrders()
    {
        double[] times = [0, 1, 1, 2, 2, 2, 3];
        var all = TrendSamples.Points("<2 1 3 3 4 <4 7");
        var squares = Orders(all.Count)
            .Select(order => TrendTest.MannKendall(new(order.Select((from, to) => new TrendPoint(times[to], all[from].Value)))).S!.Value)
            .Average(s => (double)s * s);

        Assert.Equal(squares, TrendTest.MannKendall(new(all.Select((point, at) => point with { Time = times[at] }))).VarS!.Value, 1e-9);
    }

    // The province's sea data fall in 2024 because the limit of detection steps down. A thousand stable series with such a step: a test
    // at 5 % may find a trend in one of twenty. Half the limit in the place of each non-detect finds one in four of ten short series, in eight of ten long ones.
    [Theory]
    [InlineData(16)]
    [InlineData(40)]
    public void MannKendall_LimitOfDetectionFalls_FindsNoTrend(int count)
    {
        var random = new Random(20240101);
        var (found, naive, runs) = (0, 0, 0);
        for (var run = 0; run < 1_000; run++)
        {
            var reported = TrendSamples.Stable(random, count, place => place < count / 2 ? 4m : 0.3m).Select(pair => pair.Reported).ToList();
            var half = reported.Select(value => value.IsCensored ? new ReportedValue(value.Number / 2) : value);
            var result = TrendTest.MannKendall(Series(reported));
            if (result.P is not { } p)
                continue;
            runs++;
            found += p <= TrendChoices.Significance ? 1 : 0;
            naive += TrendTest.MannKendall(Series(half)).P <= TrendChoices.Significance ? 1 : 0;
            Assert.Contains(TrendWarning.DetectionLimitChanges, result.Warnings);
        }

        Assert.InRange(runs, 800, 1_000);
        Assert.InRange(found / (double)runs, 0, 0.06);
        Assert.InRange(naive / (double)runs, count == 16 ? 0.3 : 0.7, 1);
    }

    // Twelve quarters as the sea stations have them: below 0.05 until 2023, in 2024 the laboratory sees 0.012-0.03.
    [Fact]
    public void MannKendall_SeaStationWhoseLimitFalls_ShowsNoTrendAndSaysSo()
    {
        const string Values = "<0.05 <0.05 0.06 <0.05 <0.05 <0.05 0.052 <0.05 0.02 0.03 <0.01 0.055 0.012 0.021 <0.01 0.03";
        var result = TrendTest.MannKendall(TrendSamples.Series(Values));
        var asNumbers = TrendTest.MannKendall(TrendSamples.Series(Values.Replace("<", "", StringComparison.Ordinal)));

        Assert.Equal(TrendOutcome.NotShown, result.Outcome);
        Assert.Equal(TrendOutcome.Falls, asNumbers.Outcome);
        Assert.Equal([TrendWarning.CensoredValues, TrendWarning.DetectionLimitChanges], result.Warnings);
        Assert.Equal(TrendGap.TooManyCensoredPairs, result.Gap);
        Assert.Null(result.Slope);
    }

    [Fact]
    public void Pettitt_LimitOfDetectionFalls_FindsNoChange()
    {
        var result = TrendTest.Pettitt(TrendSamples.Series("<0.05 <0.05 <0.05 <0.05 <0.05 <0.05 <0.05 0.02 0.03 0.01 0.04 0.012 0.021 0.03"));

        Assert.Equal(TrendOutcome.NotShown, result.Outcome);
    }

    // A true fall is still seen through the limits.
    [Fact]
    public void MannKendall_FallBehindTwoLimits_IsShownWithItsSlope()
    {
        var result = TrendTest.MannKendall(TrendSamples.Series("20 19 18 17 16 15 14 13 12 11 10 9 <9 <9 7 <7"));

        Assert.Equal(TrendOutcome.Falls, result.Outcome);
        Assert.Equal(-1, result.Slope!.Value, 1e-12);
        Assert.True(result.SlopeLow <= -1 && result.SlopeHigh >= -1);
        Assert.Equal((120L, 120L - 13 * 12 / 2), (result.Pairs, result.CensoredPairs));
    }

    // The slope of Akritas, Murphy and LaValley is where S of the residuals is zero: to its left they rise, to its right they fall.
    [Theory]
    [InlineData("20 19 <18 17 16 15 <16 13 12 14 10 <9 8 <9 7 6")]
    [InlineData("3 1 4 <2 5 9 2 6 5 <4 5 8 9 7 >9 3")]
    [InlineData("3.1 1.4 4.5 1.9 5 9.3 2.6 6.5 5.8 4.2 5.1 8.7 9.4 7.6 9.9 3.2")]
    public void MannKendall_ResidualsOfTheSlope_HaveNoTrend(string values)
    {
        var slope = (decimal)TrendTest.MannKendall(TrendSamples.Series(values)).Slope!.Value;
        long S(decimal taken) => TrendTest.MannKendall(new(TrendSamples.Points(values).Select(point =>
            point with { Value = new(point.Value!.Value.Number - taken * (decimal)point.Time, point.Value.Value.Censoring) }))).S!.Value;

        Assert.True(S(slope - 0.0001m) >= 0 && S(slope + 0.0001m) <= 0, $"{S(slope - 0.0001m)}, {S(slope + 0.0001m)}");
    }

    [Theory]
    [InlineData("1 2 3 4 5 6 7 8 9", TrendGap.TooFewValues)]
    [InlineData("- - - - - - - - - - - -", TrendGap.TooFewValues)]
    [InlineData("", TrendGap.TooFewValues)]
    [InlineData("<1 <1 <1 <1 <1 <1 <1 <1 1 2 3 4", TrendGap.TooFewMeasured)]
    [InlineData("<1 <1 <1 <1 <1 1 2 1 2 1 2 1", TrendGap.TooFewMeasured)]
    [InlineData("<1 <1 <1 <1 <1 <1 <1 <1 <0.5 <0.5 <0.5 <0.5", TrendGap.TooFewMeasured)]
    [InlineData("<9 <9 <9 <9 <9 <9 1 1 1 2 3 4 <1", null)]
    [InlineData("<9 <9 <9 <9 <9 <9 5 6 7 8 9 >1", null)]
    public void MannKendall_TooLittleIsKnown_IsNotEnoughData(string values, TrendGap? gap)
    {
        var result = TrendTest.MannKendall(TrendSamples.Series(values));

        Assert.Equal(gap is not null, result.Outcome == TrendOutcome.NotEnoughData && result.P is null && result.Slope is null && result.Z is null);
        if (gap is not null)
            Assert.Equal(gap, result.Gap);
    }

    [Fact]
    public void MannKendall_AllValuesEqual_ShowsNoTrend()
    {
        var result = TrendTest.MannKendall(TrendSamples.Series(string.Join(' ', Enumerable.Repeat("7.5", 12))));

        Assert.Equal((0L, 0.0, 0.0, 1.0, 0.0, TrendOutcome.NotShown), (result.S, result.VarS, result.Z, result.P, result.Slope, result.Outcome));
        Assert.Null(result.TauB);
    }

    private static TrendSeries Series(IEnumerable<ReportedValue> values) => new(values.Select((value, place) => new TrendPoint(place, value)));

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));
}

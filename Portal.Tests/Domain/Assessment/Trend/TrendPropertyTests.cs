using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Trend;

/// <summary>What holds of every series: here of two hundred, drawn by a fixed seed, with ties, missing and censored values.</summary>
public sealed class TrendPropertyTests
{
    private const int Period = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void Run_RowsInAnyOrder_GivesTheSame(int seed)
    {
        var points = Draw(seed);
        var shuffled = points.ToArray();
        new Random(seed).Shuffle(shuffled);

        AssertSame(points, shuffled);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Run_OtherUnit_ScalesTheSlopeAndNothingElse(int seed)
    {
        var points = Draw(seed);
        var scaled = points.Select(point => point with { Value = point.Value?.Times(1000) }).ToList();

        foreach (var (one, other) in Both(points, scaled))
        {
            Assert.Equal((one.S, one.VarS, one.Z, one.P, one.TauA, one.TauB), (other.S, other.VarS, other.Z, other.P, other.TauA, other.TauB));
            Assert.Equal((one.K, one.ChangePoint, one.Gap, one.CensoredPairs), (other.K, other.ChangePoint, other.Gap, other.CensoredPairs));
            AssertNear(one.Slope * 1000, other.Slope);
            AssertNear(one.SlopeLow * 1000, other.SlopeLow);
            AssertNear(one.SlopeHigh * 1000, other.SlopeHigh);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Run_TimeBackwards_TurnsTheSign(int seed)
    {
        var points = Draw(seed);
        var backwards = points.Select(point => point with { Time = -point.Time }).ToList();

        foreach (var (one, other) in Both(points, backwards))
        {
            Assert.Equal((-one.S, one.K, one.Gap), (other.S, other.K, other.Gap));
            AssertNear(one.VarS, other.VarS);
            AssertNear(one.P, other.P);
            AssertNear(-one.Z, other.Z);
            AssertNear(-one.TauB, other.TauB);
            AssertNear(-one.Slope, other.Slope);
            AssertNear(-one.SlopeLow, other.SlopeHigh);
            AssertNear(-one.SlopeHigh, other.SlopeLow);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Run_AnyResult_HoldsTogether(int seed)
    {
        var points = Draw(seed);
        foreach (var (result, _) in Both(points, points))
        {
            Assert.True(result.P is null or (>= 0 and <= 1));
            Assert.True(result.TauA is null || (Math.Abs(result.TauA.Value) <= Math.Abs(result.TauB ?? 1) && Math.Abs(result.TauB ?? 0) <= 1));
            Assert.True(result.Slope is null || ((result.SlopeLow is null || result.SlopeLow <= result.Slope) && (result.SlopeHigh is null || result.Slope <= result.SlopeHigh)));
            Assert.True(result.Slope is null || result.S!.Value * result.Slope >= 0 || result.Outcome == TrendOutcome.NotShown);
        }
    }

    [Fact]
    public void MannKendall_MissingValues_AreLeftOutButTheirTimeIsKept()
    {
        var (with, without) = (TrendTest.MannKendall(TrendSamples.Series("1 - 2 - 3 - 4 - 5 - 6 - 7 - 8 - 9 - 10")),
            TrendTest.MannKendall(TrendSamples.Series("1 2 3 4 5 6 7 8 9 10")));

        Assert.Equal((10, 45L, without.VarS, without.P), (with.N, with.S, with.VarS, with.P));
        Assert.Equal((0.5, 1.0), (with.Slope, without.Slope));
    }

    [Fact]
    public void SeasonalKendall_SeasonsApart_AreNotCompared()
    {
        // Winters rise by one a year, summers lie a hundred higher and do not change.
        var values = string.Join(' ', Enumerable.Range(0, 14).Select(year => $"{year} 100"));
        var result = TrendTest.SeasonalKendall(TrendSamples.Series(values), 2);

        Assert.Equal((28, 91L, 14 * 13 * 33 / 18.0), (result.N, result.S, result.VarS));
        Assert.Equal(TrendOutcome.Rises, result.Outcome);
    }

    [Fact]
    public void SeasonalKendall_SeasonWithOneValue_IsNamed()
    {
        var values = string.Join(' ', Enumerable.Range(0, 13).Select(year => year == 0 ? "1 2 3" : $"{year} {year} -"));
        var result = TrendTest.SeasonalKendall(TrendSamples.Series(values), 3);

        Assert.Equal([TrendWarning.SeasonsWithoutPairs], result.Warnings);
        Assert.Equal(1, result.SeasonsWithoutPairs);
    }

    [Fact]
    public void MannKendall_SameTimeTwice_IsSaid()
    {
        var points = TrendSamples.Points("1 2 3 4 5 6 7 8 9 10 11 12").Select(point => point with { Time = Math.Floor(point.Time / 2) });
        var result = TrendTest.MannKendall(new(points));

        Assert.Equal((60L, 12), (result.S, result.SameTime));
        Assert.Equal([TrendWarning.SameTime], result.Warnings);
    }

    [Fact]
    public void MannKendall_OneTimeOnly_HasNoOrder() =>
        Assert.Equal(TrendGap.NoKnownOrder, TrendTest.MannKendall(new(TrendSamples.Points("1 2 3 4 5 6 7 8 9 10").Select(point => point with { Time = 3 }))).Gap);

    [Theory]
    [InlineData("2023-01-01", 2023)]
    [InlineData("2023-07-02 12:00", 2023.5)]
    [InlineData("2024-07-02", 2024.5)]
    [InlineData("2023-12-31", 2023 + 364 / 365.0)]
    public void Years_OfADay_IsItsPartOfTheYear(string day, double years) =>
        Assert.Equal(years, TrendPoint.Years(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), 1e-9);

    private static List<TrendPoint> Draw(int seed)
    {
        var random = new Random(seed);
        var (count, drift) = (random.Next(0, 70), random.Next(-2, 3) / 10.0);
        var (missing, below, above) = (random.NextDouble() / 4, seed % 3 == 0 ? 0 : random.NextDouble() / 2, seed % 5 == 0 ? 0.1 : 0);
        return [.. Enumerable.Range(0, count).Select(place =>
        {
            var value = Math.Round((decimal)(random.Next(1, 40) + drift * place) / 8, 3) + 2;
            var draw = random.NextDouble();
            var censoring = draw < below ? Censoring.Below : draw > 1 - above ? Censoring.Above : Censoring.None;
            return new TrendPoint(place, random.NextDouble() < missing ? null : new ReportedValue(value, censoring));
        })];
    }

    private static IEnumerable<(TrendResult One, TrendResult Other)> Both(IReadOnlyList<TrendPoint> one, IReadOnlyList<TrendPoint> other)
    {
        var (first, second) = (new TrendSeries(one), new TrendSeries(other));
        yield return (TrendTest.MannKendall(first), TrendTest.MannKendall(second));
        yield return (TrendTest.SeasonalKendall(first, Period), TrendTest.SeasonalKendall(second, Period));
        yield return (TrendTest.Pettitt(first), TrendTest.Pettitt(second));
    }

    private static void AssertSame(IReadOnlyList<TrendPoint> one, IReadOnlyList<TrendPoint> other) =>
        Assert.All(Both(one, other), pair => Assert.Equal(pair.One, pair.Other));

    private static void AssertNear(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is { } known)
            Assert.Equal(known, found!.Value, Math.Max(1e-9, Math.Abs(known) * 1e-9));
    }
}

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>The tests for a trend. All take the values of a series as independent of each other: none is corrected for values that follow
/// one another so closely that one carries the next.</summary>
public static class TrendTest
{
    /// <summary>A steady rise or fall (Mann 1945, Kendall 1975), with Sen's slope.</summary>
    public static TrendResult MannKendall(TrendSeries series) =>
        Kendall(series, [series], Start(series, TrendKind.MannKendall, TrendChoices.Values));

    /// <summary>The same season by season (Hirsch, Slack and Smith 1982): a value is compared with those of its own season only.</summary>
    /// <param name="period">Seasons in a cycle, at least 2; a value's season is its place in the series (missing values counted) modulo
    /// this.</param>
    public static TrendResult SeasonalKendall(TrendSeries series, int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        var seasons = Enumerable.Range(0, period).Select(season => series.Season(season, period)).ToList();
        return Kendall(series, seasons, Start(series, TrendKind.SeasonalKendall, TrendChoices.SeasonalValues) with
        {
            SeasonsWithoutPairs = seasons.Count(season => season.Count < 2),
        });
    }

    /// <summary>A single change of level. What is said of it is meant for a series without trend or season.</summary>
    public static TrendResult Pettitt(TrendSeries series)
    {
        var result = Start(series, TrendKind.Pettitt, TrendChoices.ChangePointValues);
        var change = ChangePoint.Of(series);
        if (result.Gap is not null || (change.K == 0 && series.IsCensored))
            return result with { Gap = result.Gap ?? TrendGap.NoKnownOrder };
        return change.K == 0
            ? result with { K = 0, P = 1 }
            : result with { K = change.K, P = change.P, ChangePoint = change.Position, ChangeTime = series.Times[change.Position - 1] };
    }

    private static TrendResult Kendall(TrendSeries series, IReadOnlyList<TrendSeries> groups, TrendResult result)
    {
        var orders = groups.Select(PairOrder.Of).ToList();
        var (s, varS) = (orders.Sum(order => order.S), orders.Sum(order => order.VarS));
        result = result with
        {
            S = s,
            VarS = varS,
            TauA = Share(s, orders.Sum(order => order.Pairs)),
            TauB = Share(s, orders.Sum(order => order.UntiedPairs)),
        };
        if (result.Gap is not null)
            return result;
        // Equal numbers are known to be equal; of non-detects nothing is known.
        if (varS == 0 && (series.IsCensored || orders.All(order => order.PairsApart == 0)))
            return result with { Gap = TrendGap.NoKnownOrder };
        var z = s == 0 ? 0 : (s - Math.Sign(s)) / Math.Sqrt(varS);
        return WithSlope(result with { Z = z, P = Normal.TwoSided(z) }, SenSlope.Of(groups, varS));
    }

    private static TrendResult WithSlope(TrendResult result, SenSlope slope)
    {
        result = result with { Pairs = slope.Pairs, CensoredPairs = slope.CensoredPairs };
        return slope.CensoredPairs > TrendChoices.CensoredPairs * slope.Pairs
            ? result with { Gap = TrendGap.TooManyCensoredPairs }
            : result with { Slope = slope.Value, SlopeLow = slope.Low, SlopeHigh = slope.High };
    }

    private static TrendResult Start(TrendSeries series, TrendKind kind, int needed) => new()
    {
        Kind = kind,
        N = series.Count,
        Needed = needed,
        FirstTime = series.Count > 0 ? series.Times[0] : null,
        LastTime = series.Count > 0 ? series.Times[^1] : null,
        Below = series.Below,
        Above = series.Above,
        Limits = series.Limits,
        SameTime = series.SameTime,
        Gap = series.Count < needed ? TrendGap.TooFewValues
            : series.IsCensored && (series.Measured < TrendChoices.MeasuredValues || series.DifferentMeasured < TrendChoices.DifferentMeasuredValues)
                ? TrendGap.TooFewMeasured
                : null,
    };

    private static double? Share(long s, double of) => of > 0 ? s / of : null;
}

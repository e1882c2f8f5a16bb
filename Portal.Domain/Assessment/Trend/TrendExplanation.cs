namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>How a trend came about, for tests of Kendall's kind.</summary>
public static class TrendExplanation
{
    public const string Subject = "trend";

    /// <param name="unit">Of the values; the slope is that in a year.</param>
    public static Explanation Of(TrendResult result, string unit)
    {
        var steps = new List<ExplanationStep> { new(StepCode.TrendValues, [result.N, result.Needed]) };
        if (result.Below + result.Above > 0)
            steps.Add(new(StepCode.TrendCensored, [result.Below + result.Above, (int)result.CensoredPairs, (int)result.Pairs]));
        if (result is { S: { } s, VarS: { } variance, Z: { } z, P: { } p })
        {
            steps.Add(new(StepCode.TrendS, [(decimal)s, (decimal)variance]));
            steps.Add(new(StepCode.TrendZ, [(decimal)z, (decimal)p]));
        }
        if (result is { TauA: { } a, TauB: { } b })
            steps.Add(new(StepCode.TrendTau, [(decimal)a, (decimal)b]));
        if (result is { Slope: { } slope, SlopeLow: { } low, SlopeHigh: { } high })
            steps.Add(new(StepCode.TrendSlope, [(decimal)slope, (decimal)low, (decimal)high, unit]));
        steps.Add(new(result.Outcome switch
        {
            TrendOutcome.Rises => StepCode.TrendRises,
            TrendOutcome.Falls => StepCode.TrendFalls,
            TrendOutcome.NotShown => StepCode.TrendNotShown,
            _ => StepCode.TrendNotEnough,
        }, result.Outcome is TrendOutcome.NotEnoughData ? [] : [(decimal)TrendChoices.Significance]));
        return new(Subject, "Mann-Kendall, Sen", steps);
    }
}

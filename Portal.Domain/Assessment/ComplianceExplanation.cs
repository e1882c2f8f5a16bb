using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A result as it is explained.</summary>
/// <param name="Reported">In <paramref name="ReportedUnit"/>.</param>
/// <param name="Value">In <paramref name="Unit"/>, the canonical one, which the limit has too.</param>
public sealed record ExplainedValue(Wording Parameter, ReportedValue Reported, string ReportedUnit, ReportedValue Value, string Unit);

/// <summary>A limit as it is explained.</summary>
/// <param name="Standard">Its code, or the number of the permit.</param>
/// <param name="Place">Table and column: "Bảng 1, 0-6"; may be empty.</param>
/// <param name="Bounds">In the canonical unit, after coefficients; null where the standard gives words.</param>
/// <param name="Averaging">Code of the mean that it asks for; empty for single values.</param>
/// <param name="Clause">Empty: chưa rõ điều khoản.</param>
public sealed record ExplainedLimit(string Standard, string Place, Bounds? Bounds, string Averaging, string Clause, Confidence Confidence);

/// <summary>How the verdict of one value against one limit came about.</summary>
public static class ComplianceExplanation
{
    public const string Subject = "limit";

    /// <param name="limit">Null: there is none.</param>
    /// <param name="mean">Of the year so far, where the limit asks for it.</param>
    /// <param name="targetClass">Name of the class that the mean falls in; null where there are none.</param>
    public static Explanation Of(ExplainedValue value, ExplainedLimit? limit, Judgement judgement, YearMean? mean = null, Wording? targetClass = null)
    {
        var steps = new List<ExplanationStep> { new(StepCode.Reported, [value.Parameter, new Quantity(value.Reported, value.ReportedUnit)]) };
        if (value.ReportedUnit != value.Unit)
            steps.Add(new(StepCode.Converted, [new Quantity(value.Reported, value.ReportedUnit), new Quantity(value.Value, value.Unit)]));
        if (limit is not null)
        {
            steps.Add(LimitOf(limit, value.Unit));
            if (limit.Averaging.Length > 0)
                steps.Add(new(StepCode.MeanNeeded, [new Term($"Averaging.{limit.Averaging}")], limit.Clause, limit.Confidence));
            if (mean is { } year)
                steps.AddRange(MeanOf(year, value.Unit, targetClass, judgement));
        }
        var judged = mean is { } ends ? SureEnd(ends, limit?.Bounds, judgement.Verdict) : value.Value;
        if (Comparison(judged, value.Unit, limit?.Bounds, judgement) is { } comparison)
            steps.Add(comparison);
        steps.Add(Outcome(judged, limit?.Bounds, judgement));
        return new(Subject, limit?.Standard ?? "", steps);
    }

    // Of a mean that is only known between two ends the one that decides, as a bound.
    private static ReportedValue SureEnd(YearMean mean, Bounds? limit, Verdict verdict) =>
        mean.Highest == mean.Lowest ? new(mean.Lowest)
        : mean.Highest is { } highest && (verdict == Verdict.Within) == (limit is { IsMaximum: true }) ? new(highest, Censoring.Below)
        : new(mean.Lowest, Censoring.Above);

    private static ExplanationStep LimitOf(ExplainedLimit limit, string unit)
    {
        (string Code, object[] Numbers) = limit.Bounds switch
        {
            { Lower: { } lower, Upper: { } upper } => (StepCode.LimitRange, [new Quantity(lower, "-"), new Quantity(upper, unit)]),
            { Upper: 0 } => (StepCode.LimitNotDetected, []),
            { Upper: { } upper } => (StepCode.LimitMaximum, [new Quantity(upper, unit)]),
            { Lower: { } lower } => (StepCode.LimitMinimum, [new Quantity(lower, unit)]),
            _ => (StepCode.LimitWords, Array.Empty<object>()),
        };
        var place = string.Join(", ", new[] { limit.Standard, limit.Place }.Where(part => part.Length > 0));
        return new(Code, [.. Numbers, place], limit.Clause, limit.Confidence);
    }

    private static IEnumerable<ExplanationStep> MeanOf(YearMean mean, string unit, Wording? targetClass, Judgement judgement)
    {
        yield return mean.Highest is not { } highest ? new(StepCode.MeanOfYearAtLeast, [mean.Samplings, new Quantity(mean.Lowest, unit)])
            : highest == mean.Lowest ? new(StepCode.MeanOfYear, [mean.Samplings, new Quantity(highest, unit)])
            : new(StepCode.MeanOfYearBetween, [mean.Samplings, new Quantity(mean.Lowest, unit), new Quantity(highest, unit)]);
        if (targetClass is not null)
            yield return new(judgement.Verdict == Verdict.CannotJudge ? StepCode.ClassIndicative : StepCode.ClassOfMean, [targetClass]);
    }

    // "< x" and "> x" are decided whatever the value is; only a number has a ratio.
    private static ExplanationStep? Comparison(ReportedValue value, string unit, Bounds? limit, Judgement judgement)
    {
        if (judgement.Verdict is Verdict.CannotJudge or Verdict.NoLimit || limit is not { } bounds)
            return null;
        if (value.IsCensored)
            return new(value.Censoring == Censoring.Below ? StepCode.BelowWhateverItIs : StepCode.AboveWhateverItIs, [new Quantity(value.Number, unit)]);
        return judgement.Ratio is not { } ratio ? null
            : bounds.IsMaximum ? new(StepCode.RatioToMaximum, [value.Number, bounds.Upper!.Value, ratio])
            : new(StepCode.RatioToMinimum, [bounds.Lower!.Value, value.Number, ratio]);
    }

    private static ExplanationStep Outcome(ReportedValue value, Bounds? limit, Judgement judgement) => judgement switch
    {
        { Verdict: Verdict.Within } => new(StepCode.VerdictWithin, []),
        { Verdict: Verdict.Exceeds } when limit is { IsMinimum: true } => new(StepCode.VerdictBelowMinimum, []),
        { Verdict: Verdict.Exceeds, Ratio: { } ratio } when ratio > 1 => new(value.IsCensored ? StepCode.VerdictTimesAtLeast : StepCode.VerdictTimes, [new Times(ratio)]),
        { Verdict: Verdict.Exceeds } when limit is { IsMaximum: false } => new(StepCode.VerdictOutsideRange, []),
        { Verdict: Verdict.Exceeds } => new(StepCode.VerdictExceeds, []),
        { Reason: Compliance.DetectionLimitTooHigh } => new(StepCode.VerdictDetectionLimit, []),
        { Reason: Compliance.RangeOfMethodTooLow } => new(StepCode.VerdictAboveRange, []),
        { Reason: Judge.MeanNeeded } => new(StepCode.VerdictTooFewSamples, []),
        { Reason: Judge.SamplingsNotKnown } => new(StepCode.VerdictSamplingsNotKnown, []),
        { Reason: Judge.NonDetectsDecide } => new(StepCode.VerdictNonDetectsDecide, []),
        { Reason: Judge.LimitInWords } => new(StepCode.VerdictWords, []),
        _ => new(StepCode.VerdictNoLimit, [new Term($"Reason.{judgement.Reason}")]),
    };
}

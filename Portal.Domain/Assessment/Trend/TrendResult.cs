namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>The tests offered.</summary>
public enum TrendKind
{
    MannKendall,
    SeasonalKendall,
    Pettitt,
}

/// <summary>What a result says. There is none that says "no trend": that cannot be shown.</summary>
public enum TrendOutcome
{
    NotEnoughData,
    NotShown,
    Rises,
    Falls,

    /// <summary>The level changes, up or down (Pettitt).</summary>
    Changes,
}

/// <summary>Why a figure is not given.</summary>
public enum TrendGap
{
    /// <summary>No p and no slope: below <see cref="TrendResult.Needed"/> values.</summary>
    TooFewValues,

    /// <summary>No p and no slope: too few measured values, or too few different ones, among censored values.</summary>
    TooFewMeasured,

    /// <summary>No p and no slope: no two values have a known order.</summary>
    NoKnownOrder,

    /// <summary>No slope: more pairs are censored than <see cref="TrendChoices.CensoredPairs"/>.</summary>
    TooManyCensoredPairs,
}

/// <summary>What a reader of the result must know.</summary>
public enum TrendWarning
{
    /// <summary>Some values are no numbers: see Below, Above, CensoredPairs.</summary>
    CensoredValues,

    /// <summary>The limit of detection changes: see Limits.</summary>
    DetectionLimitChanges,

    /// <summary>Several values have the same time: see SameTime. They are not compared with each other.</summary>
    SameTime,

    /// <summary>Seasons with fewer than two values say nothing: see SeasonsWithoutPairs.</summary>
    SeasonsWithoutPairs,
}

/// <summary>A trend with everything that explains it. Names of the literature: S, varS (with ties and censoring), z (with continuity
/// correction), p (two-sided).</summary>
public sealed record TrendResult
{
    public required TrendKind Kind { get; init; }

    /// <summary>Values.</summary>
    public required int N { get; init; }

    /// <summary>Values that the test needs at least.</summary>
    public required int Needed { get; init; }

    /// <summary>Of the first value, in the unit of time of the series; null where there is none.</summary>
    public double? FirstTime { get; init; }

    public double? LastTime { get; init; }

    public long? S { get; init; }
    public double? VarS { get; init; }
    public double? Z { get; init; }
    public double? P { get; init; }

    /// <summary>S ÷ (n(n-1)/2); of seasons: ÷ the sum of these.</summary>
    public double? TauA { get; init; }

    /// <summary>Corrected for ties; of seasons: S ÷ the sum of their divisors.</summary>
    public double? TauB { get; init; }

    /// <summary>Sen's slope, in units of the value for a unit of time.</summary>
    public double? Slope { get; init; }

    /// <summary>The ends of its interval of <see cref="TrendChoices.Confidence"/>.</summary>
    public double? SlopeLow { get; init; }

    public double? SlopeHigh { get; init; }

    /// <summary>Pettitt's statistic.</summary>
    public long? K { get; init; }

    /// <summary>The last value before the change, from 1; given whether or not the change is shown.</summary>
    public int? ChangePoint { get; init; }

    /// <summary>Its time.</summary>
    public double? ChangeTime { get; init; }

    /// <summary>Values below a limit of detection.</summary>
    public int Below { get; init; }

    /// <summary>Values above the range of a method.</summary>
    public int Above { get; init; }

    public DetectionLimits? Limits { get; init; }

    /// <summary>Pairs on which a slope would rest, and those of them with a value that is no number.</summary>
    public long Pairs { get; init; }

    /// <inheritdoc cref="Pairs"/>
    public long CensoredPairs { get; init; }

    /// <summary>Values that share their time with another.</summary>
    public int SameTime { get; init; }

    public int SeasonsWithoutPairs { get; init; }

    /// <summary>Why p or the slope is null; null where nothing is missing.</summary>
    public TrendGap? Gap { get; init; }

    public IReadOnlyList<TrendWarning> Warnings
    {
        get
        {
            var warnings = new List<TrendWarning>();
            if (Below + Above > 0)
                warnings.Add(TrendWarning.CensoredValues);
            if (Limits is { Change: true })
                warnings.Add(TrendWarning.DetectionLimitChanges);
            if (SameTime > 0)
                warnings.Add(TrendWarning.SameTime);
            if (SeasonsWithoutPairs > 0)
                warnings.Add(TrendWarning.SeasonsWithoutPairs);
            return warnings;
        }
    }

    public TrendOutcome Outcome => P switch
    {
        null => TrendOutcome.NotEnoughData,
        > TrendChoices.Significance => TrendOutcome.NotShown,
        _ when Kind == TrendKind.Pettitt => TrendOutcome.Changes,
        _ => S > 0 ? TrendOutcome.Rises : TrendOutcome.Falls,
    };
}

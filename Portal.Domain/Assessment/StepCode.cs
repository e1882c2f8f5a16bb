namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The steps of the explanations of indices and verdicts. Each has a sentence in both languages; the facts are listed in the order of its places.</summary>
public static class StepCode
{
    // What was reported, and what stands for it.

    /// <summary>Parameter, value.</summary>
    public const string Reported = nameof(Reported);

    /// <summary>Value as reported, value in the canonical unit.</summary>
    public const string Converted = nameof(Converted);

    /// <summary>Parameter, value as reported, number that stands for it.</summary>
    public const string NonDetectAtLimit = nameof(NonDetectAtLimit);

    /// <summary>Parameter, value as reported, number that stands for it.</summary>
    public const string NonDetectHalf = nameof(NonDetectHalf);

    /// <summary>Parameter, value as reported, number that stands for it.</summary>
    public const string NonDetectZero = nameof(NonDetectZero);

    /// <summary>Temperature, terms of the polynomial, saturation, oxygen, saturation in per cent.</summary>
    public const string OxygenSaturation = nameof(OxygenSaturation);

    // Scores.

    /// <summary>Parameter, value, step of the scale, score.</summary>
    public const string ScoreFlat = nameof(ScoreFlat);

    /// <summary>Formula (1): parameter, value, step, q(i), q(i+1), BP(i+1), BP(i), number scored, score.</summary>
    public const string ScoreFalling = nameof(ScoreFalling);

    /// <summary>Formula (2): parameter, value, step, q(i), q(i+1), BP(i+1), BP(i), number scored, score.</summary>
    public const string ScoreRising = nameof(ScoreRising);

    /// <summary>Parameter, value.</summary>
    public const string NoTemperature = nameof(NoTemperature);

    /// <summary>Parameter, value.</summary>
    public const string ScoreAboveRange = nameof(ScoreAboveRange);

    /// <summary>Parameter, value.</summary>
    public const string OutsideScale = nameof(OutsideScale);

    // Groups and aggregation of the water indices.

    /// <summary>Group, parameter, score.</summary>
    public const string GroupOfOne = nameof(GroupOfOne);

    /// <summary>Group, number of parameters, scores, mean.</summary>
    public const string GroupMean = nameof(GroupMean);

    /// <summary>Group, number of parameters, scores, mean.</summary>
    public const string GroupGeometricMean = nameof(GroupGeometricMean);

    /// <summary>Groups.</summary>
    public const string GroupsNotMeasured = nameof(GroupsNotMeasured);

    public const string FormThreeOrFourChosen = nameof(FormThreeOrFourChosen);

    public const string FormFiveChosen = nameof(FormFiveChosen);

    /// <summary>Means of I, II, III, IV, V; index.</summary>
    public const string FormulaThree = nameof(FormulaThree);

    /// <summary>Means of I, II, III, IV; index.</summary>
    public const string FormulaFour = nameof(FormulaFour);

    /// <summary>Means of I, II, III, IV, V; index.</summary>
    public const string FormulaFive = nameof(FormulaFive);

    /// <summary>Score of pH, means of a, b, c; index.</summary>
    public const string Formula2011 = nameof(Formula2011);

    /// <summary>Index, whole index.</summary>
    public const string Rounded = nameof(Rounded);

    /// <summary>Index with zero, half the limit of detection, the limit.</summary>
    public const string NonDetectsSameClass = nameof(NonDetectsSameClass);

    /// <summary>Index with zero, half the limit of detection, the limit.</summary>
    public const string NonDetectsOtherClass = nameof(NonDetectsOtherClass);

    /// <summary>Salinity, salinity from which water is brackish.</summary>
    public const string BrackishWater = nameof(BrackishWater);

    /// <summary>Index, name, lowest, highest, meaning.</summary>
    public const string Class = nameof(Class);

    // Why there is no water index.

    public const string GroupFourMissing = nameof(GroupFourMissing);

    /// <summary>Parameters of group IV, how many are required.</summary>
    public const string GroupFourTooFew = nameof(GroupFourTooFew);

    /// <summary>Groups, how many are required.</summary>
    public const string TooFewGroups = nameof(TooFewGroups);

    /// <summary>Parameters.</summary>
    public const string ParametersMissing = nameof(ParametersMissing);

    // Air.

    /// <summary>The hour at which the hour ends.</summary>
    public const string HourOf = nameof(HourOf);

    /// <summary>The day.</summary>
    public const string DayOf = nameof(DayOf);

    /// <summary>Pollutant, hours with values, hours looked back at, least, most, weight, mean.</summary>
    public const string NowCastMean = nameof(NowCastMean);

    /// <summary>Pollutant, newest hours with values, newest hours, how many are required.</summary>
    public const string NowCastTooFew = nameof(NowCastTooFew);

    /// <summary>Pollutant, mean.</summary>
    public const string HourMean = nameof(HourMean);

    /// <summary>Pollutant, hours with values, hours of the day, mean.</summary>
    public const string DayMean = nameof(DayMean);

    /// <summary>Pollutant, hours with values, hours of the day, highest.</summary>
    public const string DayHighest = nameof(DayHighest);

    /// <summary>Pollutant, hours of the window, rolling means, highest mean.</summary>
    public const string DayRolling = nameof(DayRolling);

    /// <summary>Pollutant, highest mean, where its scale ends.</summary>
    public const string DayRollingAbove = nameof(DayRollingAbove);

    /// <summary>Series, hours with values, hours looked at: few, though the decision sets no minimum.</summary>
    public const string FewHours = nameof(FewHours);

    /// <summary>Series, concentration, step, I(i+1), I(i), BP(i+1), BP(i), number scored, index, whole index.</summary>
    public const string AirScore = nameof(AirScore);

    /// <summary>Series, concentration, step, index.</summary>
    public const string AirScoreFlat = nameof(AirScoreFlat);

    /// <summary>Series, index.</summary>
    public const string AirHighest = nameof(AirHighest);

    public const string DustMissing = nameof(DustMissing);

    // CCME WQI.

    /// <summary>Tests, variables, failed tests, failed variables.</summary>
    public const string CcmeTests = nameof(CcmeTests);

    /// <summary>Values left out.</summary>
    public const string CcmeLeftOut = nameof(CcmeLeftOut);

    /// <summary>Variables left out, samplings required.</summary>
    public const string CcmeSeldom = nameof(CcmeSeldom);

    /// <summary>Failed variables, variables, F1.</summary>
    public const string CcmeScope = nameof(CcmeScope);

    /// <summary>Failed tests, tests, F2.</summary>
    public const string CcmeFrequency = nameof(CcmeFrequency);

    /// <summary>Tests, nse, F3.</summary>
    public const string CcmeAmplitude = nameof(CcmeAmplitude);

    public const string CcmeAmplitudeBoundless = nameof(CcmeAmplitudeBoundless);

    /// <summary>F1, F2, F3, divisor, index.</summary>
    public const string CcmeIndex = nameof(CcmeIndex);

    public const string CcmeSupplementary = nameof(CcmeSupplementary);

    /// <summary>Variables, variables required, samplings required.</summary>
    public const string CcmeTooFewVariables = nameof(CcmeTooFewVariables);

    // One value against one limit.

    /// <summary>Limit, standard with table and column.</summary>
    public const string LimitMaximum = nameof(LimitMaximum);

    /// <summary>Limit, standard with table and column.</summary>
    public const string LimitMinimum = nameof(LimitMinimum);

    /// <summary>Lower bound, upper bound, standard with table and column.</summary>
    public const string LimitRange = nameof(LimitRange);

    /// <summary>Standard with table and column.</summary>
    public const string LimitNotDetected = nameof(LimitNotDetected);

    /// <summary>Standard with table and column.</summary>
    public const string LimitWords = nameof(LimitWords);

    /// <summary>The mean that the limit asks for.</summary>
    public const string MeanNeeded = nameof(MeanNeeded);

    /// <summary>Ratio of value to maximum: value, limit, ratio.</summary>
    public const string RatioToMaximum = nameof(RatioToMaximum);

    /// <summary>Ratio of minimum to value: limit, value, ratio.</summary>
    public const string RatioToMinimum = nameof(RatioToMinimum);

    /// <summary>Value.</summary>
    public const string BelowWhateverItIs = nameof(BelowWhateverItIs);

    /// <summary>Value.</summary>
    public const string AboveWhateverItIs = nameof(AboveWhateverItIs);

    public const string VerdictWithin = nameof(VerdictWithin);

    /// <summary>Ratio.</summary>
    public const string VerdictTimes = nameof(VerdictTimes);

    /// <summary>Ratio of the end of the method's range.</summary>
    public const string VerdictTimesAtLeast = nameof(VerdictTimesAtLeast);

    public const string VerdictExceeds = nameof(VerdictExceeds);

    public const string VerdictBelowMinimum = nameof(VerdictBelowMinimum);

    public const string VerdictOutsideRange = nameof(VerdictOutsideRange);

    public const string VerdictDetectionLimit = nameof(VerdictDetectionLimit);

    public const string VerdictAboveRange = nameof(VerdictAboveRange);

    public const string VerdictTooFewSamples = nameof(VerdictTooFewSamples);

    public const string VerdictWords = nameof(VerdictWords);

    /// <summary>Why, as a word.</summary>
    public const string VerdictNoLimit = nameof(VerdictNoLimit);

    // Annual means.

    /// <summary>Samplings, mean.</summary>
    public const string MeanOfYear = nameof(MeanOfYear);

    /// <summary>Samplings, mean with non-detects as zero, mean with them at their limit of detection.</summary>
    public const string MeanOfYearBetween = nameof(MeanOfYearBetween);

    /// <summary>Samplings, lowest mean.</summary>
    public const string MeanOfYearAtLeast = nameof(MeanOfYearAtLeast);

    /// <summary>Name of the class.</summary>
    public const string ClassOfMean = nameof(ClassOfMean);

    /// <summary>Name of the class.</summary>
    public const string ClassIndicative = nameof(ClassIndicative);

    public const string VerdictSamplingsNotKnown = nameof(VerdictSamplingsNotKnown);

    public const string VerdictNonDetectsDecide = nameof(VerdictNonDetectsDecide);

    // Trends.

    /// <summary>Values, values needed.</summary>
    public const string TrendValues = nameof(TrendValues);

    /// <summary>Censored values, pairs with one, pairs.</summary>
    public const string TrendCensored = nameof(TrendCensored);

    /// <summary>S, its variance.</summary>
    public const string TrendS = nameof(TrendS);

    /// <summary>z, p.</summary>
    public const string TrendZ = nameof(TrendZ);

    /// <summary>tau-a, tau-b.</summary>
    public const string TrendTau = nameof(TrendTau);

    /// <summary>Slope, its lower and upper end, unit.</summary>
    public const string TrendSlope = nameof(TrendSlope);

    /// <summary>Level of significance.</summary>
    public const string TrendRises = nameof(TrendRises);

    /// <summary>Level of significance.</summary>
    public const string TrendFalls = nameof(TrendFalls);

    /// <summary>Level of significance.</summary>
    public const string TrendNotShown = nameof(TrendNotShown);

    public const string TrendNotEnough = nameof(TrendNotEnough);
}

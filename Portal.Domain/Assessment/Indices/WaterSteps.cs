using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The steps that the two water indices share: from what was reported to the means of the groups.</summary>
internal static class WaterSteps
{
    private const string Oxygen = "DO";
    private const string OxygenScale = "DO%";
    private const string Temperature = "Temp";

    public static void AddScores(
        this StepList steps, IReadOnlyDictionary<string, ReportedValue> sample, IReadOnlyList<SubIndex> scores, NonDetects rule)
    {
        foreach (var score in scores)
        {
            var unit = score.Parameter == Oxygen ? "mg/L" : steps.Table.Scale(score.Parameter)!.Unit.Code;
            if (score.Reported.Censoring == Censoring.Below)
                steps.AddNonDetect(score, unit, rule);
            if (score.Parameter == Oxygen && score.Reason != WqiSample.NoTemperature)
                steps.AddSaturation(score, sample[Temperature].Number, rule);
            if (score.Value is null)
                steps.Add(WhyNoScore(score.Reason), steps.Name(score.Parameter), new Quantity(score.Reported, unit));
            else
                steps.AddScore(score, unit, rule);
        }
    }

    /// <summary>The mean of one group; nothing where it was not measured.</summary>
    public static void AddGroup(this StepList steps, IReadOnlyList<SubIndex> scores, string group, decimal? mean, bool geometric = false)
    {
        if (mean is not { } known)
            return;
        var members = scores.Where(score => score.Group == group && score.Value is not null).ToList();
        var name = new Term($"Group.{group}");
        if (members is [var only])
        {
            steps.Add(StepCode.GroupOfOne, name, steps.Name(only.Parameter), known);
            return;
        }
        var numbers = new Operands(geometric ? '×' : '+', members.ConvertAll(score => score.Value!.Value));
        steps.Add(geometric ? StepCode.GroupGeometricMean : StepCode.GroupMean, name, members.Count, numbers, known);
    }

    /// <summary>The index under each treatment of non-detects, where there is one at all and something was not detected.</summary>
    public static void AddEffectOfNonDetects(this StepList steps, IReadOnlyList<SubIndex> scores, Func<NonDetects, int?> index)
    {
        if (!scores.Any(score => score.Reported.Censoring == Censoring.Below && score.Value is not null))
            return;
        int?[] alternatives = [index(NonDetects.Zero), index(NonDetects.Half), index(NonDetects.AtLimit)];
        if (Array.TrueForAll(alternatives, one => one is null))
            return;
        var classes = alternatives.Select(one => one is { } whole ? steps.Table.Band(whole).Code : "").Distinct().Count();
        steps.Add(classes == 1 ? StepCode.NonDetectsSameClass : StepCode.NonDetectsOtherClass,
            [.. alternatives.Select(one => one is { } whole ? (object)whole : new Term("NoIndex"))]);
    }

    private static void AddNonDetect(this StepList steps, SubIndex score, string unit, NonDetects rule) => steps.Add(
        rule switch { NonDetects.Half => StepCode.NonDetectHalf, NonDetects.Zero => StepCode.NonDetectZero, _ => StepCode.NonDetectAtLimit },
        steps.Name(score.Parameter), new Quantity(score.Reported, unit), new Quantity(rule.NumberOf(score.Reported), unit));

    // DO_sat = a + b·T + c·T² + d·T³, each term with its number.
    private static void AddSaturation(this StepList steps, SubIndex score, decimal temperature, NonDetects rule)
    {
        decimal Term(int power) => steps.Table.Constant($"do_saturation_{power}") * Enumerable.Repeat(temperature, power).Aggregate(1m, (product, t) => product * t);
        decimal[] terms = [Term(0), Term(1), Term(2), Term(3)];
        steps.AddOf(steps.Table.OriginOf("do_saturation_0"), StepCode.OxygenSaturation,
            new Quantity(temperature, "°C"), new Operands('+', terms), new Quantity(terms.Sum(), "mg/L"),
            new Quantity(rule.NumberOf(score.Reported), "mg/L"), score.Scored);
    }

    private static void AddScore(this StepList steps, SubIndex score, string unit, NonDetects rule)
    {
        var scale = steps.Table.Scale(score.Parameter == Oxygen ? OxygenScale : score.Parameter)!;
        var step = score.Segment!;
        var origin = step.Origin ?? scale.Origin;
        var value = score.Parameter == Oxygen ? new Quantity(score.Scored, scale.Unit.Code)
            : score.Reported.Censoring == Censoring.Below && rule != NonDetects.AtLimit ? new Quantity(score.Scored, unit)
            : new Quantity(score.Reported, unit);
        var name = score.Parameter == Oxygen ? (object)new Term("Saturation") : steps.Name(score.Parameter);
        if (step.IsFlat)
            steps.AddOf(origin, StepCode.ScoreFlat, name, value, step, score.Value!.Value);
        else
            steps.AddOf(origin, step.IndexTo < step.IndexFrom ? StepCode.ScoreFalling : StepCode.ScoreRising,
                name, value, step, step.IndexFrom, step.IndexTo, step.To!.Value, step.From!.Value, score.Scored, score.Value!.Value);
    }

    private static string WhyNoScore(string reason) => reason switch
    {
        WqiSample.NoTemperature => StepCode.NoTemperature,
        SubIndex.AboveRange => StepCode.ScoreAboveRange,
        _ => StepCode.OutsideScale,
    };
}

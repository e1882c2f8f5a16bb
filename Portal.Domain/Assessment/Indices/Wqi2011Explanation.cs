using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>How the index of 2011 of a sample came about.</summary>
public static class Wqi2011Explanation
{
    /// <param name="sample">As for <see cref="Wqi2011.Assess"/>.</param>
    public static Explanation Of(Wqi2011 index, ParameterBook parameters, IReadOnlyDictionary<string, ReportedValue> sample, NonDetects rule)
    {
        var result = index.Assess(sample, rule);
        var steps = new StepList(index.Table, parameters);
        var scores = result.SubIndices;
        steps.AddScores(sample, scores, rule);
        if (result is { Value: { } value, Index: { } whole, Band: { } band })
        {
            decimal Mean(string group) => WqiSample.Mean([.. scores], group)!.Value;
            foreach (var group in new[] { "pH", "a", "b", "c" })
                steps.AddGroup(scores, group, Mean(group));
            steps.Add(StepCode.Formula2011, Mean("pH"), Mean("a"), Mean("b"), Mean("c"), value);
            steps.Add(StepCode.Rounded, value, whole);
            steps.AddEffectOfNonDetects(scores, other => index.Assess(sample, other).Index);
            steps.AddClass(whole, band);
        }
        else
        {
            steps.Add(StepCode.ParametersMissing, new Names([.. result.Missing.Select(steps.Name)]));
        }
        return steps.Explain();
    }
}

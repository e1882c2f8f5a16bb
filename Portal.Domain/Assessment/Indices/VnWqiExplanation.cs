using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>How the VN_WQI of a sample came about, from what was reported to its class or the reason why there is none.</summary>
public static class VnWqiExplanation
{
    /// <param name="sample">As for <see cref="VnWqi.Assess"/>.</param>
    public static Explanation Of(
        VnWqi index, ParameterBook parameters, IReadOnlyDictionary<string, ReportedValue> sample, WqiForm form, NonDetects rule)
    {
        var result = index.Assess(sample, form, rule);
        var steps = new StepList(index.Table, parameters);
        steps.AddScores(sample, result.SubIndices, rule);
        AddGroups(steps, result);
        if (result.Warnings.Contains(VnWqi.Brackish))
        {
            steps.AddChoice("brackish_salinity", StepCode.BrackishWater,
                new Quantity(sample["Salinity"], "‰"), new Quantity(index.Table.Constant("brackish_salinity"), "‰"));
        }
        if (result.Value is { } value)
        {
            steps.AddChoice("form", form == WqiForm.Five ? StepCode.FormFiveChosen : StepCode.FormThreeOrFourChosen);
            AddFormula(steps, result.Groups, result.Form, value);
            steps.Add(StepCode.Rounded, value, result.Index!.Value);
        }
        steps.AddEffectOfNonDetects(result.SubIndices, other => index.Assess(sample, form, other).Index);
        if (result is { Index: { } whole, Band: { } band })
            steps.AddClass(whole, band);
        else
            AddReason(steps, result);
        return steps.Explain();
    }

    private static void AddGroups(StepList steps, VnWqiResult result)
    {
        var (scores, groups) = (result.SubIndices, result.Groups);
        steps.AddGroup(scores, "I", groups.I);
        steps.AddGroup(scores, "II", groups.II, geometric: true);
        steps.AddGroup(scores, "III", groups.III, geometric: true);
        steps.AddGroup(scores, "IV", groups.IV);
        steps.AddGroup(scores, "V", groups.V);
        var counted = new[] { ("I", groups.I), ("II", groups.II), ("III", groups.III) };
        if (result.Value is not null && counted.Where(group => group.Item2 is null).Select(group => (object)new Term($"Group.{group.Item1}")).ToList() is { Count: > 0 } missing)
            steps.Add(StepCode.GroupsNotMeasured, new Names(missing));
    }

    private static void AddFormula(StepList steps, WqiGroups groups, int form, decimal value)
    {
        var (one, two, three, four) = (groups.I ?? 100, groups.II ?? 100, groups.III ?? 100, groups.IV!.Value);
        if (form == 4)
            steps.AddChoice("form_without_group_v", StepCode.FormulaFour, one, two, three, four, value);
        else
            steps.Add(form == 5 ? StepCode.FormulaFive : StepCode.FormulaThree, one, two, three, four, groups.V!.Value, value);
    }

    private static void AddReason(StepList steps, VnWqiResult result)
    {
        var table = steps.Table;
        switch (result.Reason)
        {
            case VnWqi.NoGroupFour:
                steps.AddOf(table.OriginOf("groups_required"), StepCode.GroupFourMissing);
                break;
            case VnWqi.TooFewOfGroupFour:
                steps.AddOf(table.OriginOf("group_iv_parameters_required"), StepCode.GroupFourTooFew,
                    result.SubIndices.Count(score => score is { Group: "IV", Value: not null }), (int)table.Constant("group_iv_parameters_required"));
                break;
            default:
                steps.AddOf(table.OriginOf("groups_required"), StepCode.TooFewGroups, result.Groups.Count, (int)table.Constant("groups_required"));
                break;
        }
    }
}

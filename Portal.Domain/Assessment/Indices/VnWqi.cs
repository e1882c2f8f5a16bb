using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>Which aggregation of QĐ 1460/QĐ-TCMT is asked for. Which one the province publishes is open: it is a setting, printed beside each value.</summary>
public enum WqiForm
{
    /// <summary>Formula (3) where group V was measured, (4) where it was not.</summary>
    ThreeOrFour = 3,

    /// <summary>Formula (5), in which group IV counts twice group V, where group V was measured, (4) where it was not.</summary>
    Five = 5,
}

/// <summary>The means of the five groups: pH; pesticides; heavy metals; organic matter and nutrients; bacteria. Null where nothing was measured.</summary>
public sealed record WqiGroups(decimal? I, decimal? II, decimal? III, decimal? IV, decimal? V)
{
    public int Count => One(I) + One(II) + One(III) + One(IV) + One(V);

    private static int One(decimal? group) => group is null ? 0 : 1;
}

/// <summary>The index of one sample with all that it was made of.</summary>
/// <param name="Value">Before rounding; null where it cannot be computed.</param>
/// <param name="Form">The formula used: 3, 4 or 5; 0 without a value.</param>
/// <param name="Reason">Why there is no value, as a code; empty otherwise.</param>
/// <param name="Warnings">Codes.</param>
public sealed record VnWqiResult(
    IReadOnlyList<SubIndex> SubIndices, WqiGroups Groups, decimal? Value, int? Index, IndexBand? Band, int Form, NonDetects NonDetects,
    string Reason, IReadOnlyList<string> Warnings);

/// <summary>VN_WQI of surface water (QĐ 1460/QĐ-TCMT, 12/11/2019).</summary>
/// <param name="table">Tables and constants of kind vn-wqi.</param>
public sealed class VnWqi(IndexTable table)
{
    public const string Kind = "vn-wqi";
    public const string NoGroupFour = "group_iv_missing";
    public const string TooFewOfGroupFour = "group_iv_too_few";
    public const string TooFewGroups = "too_few_groups";
    public const string Brackish = "brackish";
    public const string WithoutGroupFive = "group_v_missing";

    private readonly OxygenSaturation saturation = new(table);
    private readonly int groupsRequired = (int)table.Constant("groups_required");
    private readonly int ofGroupFourRequired = (int)table.Constant("group_iv_parameters_required");
    private readonly decimal brackishFrom = table.Constant("brackish_salinity");

    public IndexTable Table => table;

    /// <summary>The form where none is asked for.</summary>
    public WqiForm DefaultForm { get; } = (WqiForm)(int)table.Constant("form");

    /// <param name="sample">Parameter code → value: mg/L; pesticides µg/L; MPN/100 mL; °C; salinity ‰.</param>
    public VnWqiResult Assess(IReadOnlyDictionary<string, ReportedValue> sample, WqiForm form, NonDetects rule)
    {
        var scores = WqiSample.Score(table, saturation, sample, rule);
        var groups = new WqiGroups(
            WqiSample.Mean(scores, "I"),
            WqiSample.GeometricMean(scores, "II"),
            WqiSample.GeometricMean(scores, "III"),
            WqiSample.Mean(scores, "IV"),
            WqiSample.Mean(scores, "V"));
        List<string> warnings = sample.TryGetValue("Salinity", out var salinity) && salinity.Number >= brackishFrom ? [Brackish] : [];

        var reason = WhyNot(groups, scores);
        if (reason.Length > 0 || Aggregate(groups, form) is not ({ } index, var used))
            return new(scores, groups, null, null, null, 0, rule, reason, warnings);
        if (used == 4)
            warnings.Add(WithoutGroupFive);
        var whole = Rounding.HalfUp(index);
        return new(scores, groups, index, whole, table.Band(whole), used, rule, "", warnings);
    }

    /// <summary>Whether the index looks at a parameter: it scores it, or needs it to score another.</summary>
    public bool Uses(string parameter) => parameter is "DO" or "Temp" or "Salinity" || table.Scale(parameter) is not null;

    /// <summary>Formulas (3), (4) and (5). A group I, II or III that was not measured counts as 100 ÷ 100 = 1.</summary>
    /// <returns>The index and the formula used; null where group IV is missing.</returns>
    public static (decimal? Value, int Form) Aggregate(WqiGroups groups, WqiForm form)
    {
        if (groups.IV is not { } four)
            return (null, 0);
        var common = (groups.I ?? 100) / 100 * ((groups.II ?? 100) / 100) * ((groups.III ?? 100) / 100);
        return (form, groups.V) switch
        {
            // (3) WQI = I/100 × II/100 × III/100 × [IV × V]^(1/2)
            (WqiForm.ThreeOrFour, { } five) => (common * Rounding.OfDouble(Math.Sqrt((double)(four * five))), 3),
            // (4) WQI = I/100 × II/100 × III/100 × IV
            (_, null) => (common * four, 4),
            // (5) WQI = I/100 × II/100 × III/100 × [IV² × V]^(1/3)
            (_, { } five) => (common * Rounding.OfDouble(Math.Cbrt((double)(four * four * five))), 5),
        };
    }

    // At least three of the five groups, group IV among them with at least three parameters.
    private string WhyNot(WqiGroups groups, List<SubIndex> scores) =>
        groups.IV is null ? NoGroupFour
        : scores.Count(score => score is { Group: "IV", Value: not null }) < ofGroupFourRequired ? TooFewOfGroupFour
        : groups.Count < groupsRequired ? TooFewGroups
        : "";
}

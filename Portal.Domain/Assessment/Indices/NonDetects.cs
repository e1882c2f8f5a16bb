using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>What number stands for a value below its limit of detection when an index is computed. A choice, written beside every index;
/// the result as reported is never changed.</summary>
public enum NonDetects
{
    /// <summary>The limit of detection, as the highest that the value can be.</summary>
    AtLimit,

    /// <summary>Half the limit of detection.</summary>
    Half,

    /// <summary>Zero.</summary>
    Zero,
}

/// <summary>The words and numbers of the choice.</summary>
public static class NonDetectRules
{
    public static string Code(this NonDetects rule) => rule switch
    {
        NonDetects.Half => "half",
        NonDetects.Zero => "zero",
        _ => "limit",
    };

    public static NonDetects? Find(string code) => code switch
    {
        "limit" => NonDetects.AtLimit,
        "half" => NonDetects.Half,
        "zero" => NonDetects.Zero,
        _ => null,
    };

    /// <summary>The number that stands for the value; measured values and "&gt; x" stand for themselves.</summary>
    public static decimal NumberOf(this NonDetects rule, ReportedValue value) => (value.Censoring, rule) switch
    {
        (Censoring.Below, NonDetects.Half) => value.Number / 2,
        (Censoring.Below, NonDetects.Zero) => 0,
        _ => value.Number,
    };
}

using System.Globalization;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The facts of the steps, as invariant text.</summary>
internal static class LimitSteps
{
    public static LimitStep InForce(StandardDates standard) =>
        new(LimitStepCode.StandardInForce, standard.Code, Text(standard.Valid.From), Text(standard.Valid.To));

    public static LimitStep Legacy(StandardDates standard, Legacy legacy, DateOnly? facility, bool kept) => kept
        ? new(LimitStepCode.LegacyApplies, standard.Code, Text(facility), Text(legacy.FacilitiesBefore), Text(legacy.Until), legacy.InsteadOf)
        : new(LimitStepCode.LegacyNotOpen, standard.Code, Text(facility), Text(legacy.FacilitiesBefore), Text(legacy.Until));

    public static LimitStep Row(LimitRow row) =>
        new(LimitStepCode.RowFound, row.Standard!, row.Column!, row.Averaging, Text(row.Bounds?.Lower), Text(row.Bounds?.Upper));

    public static IEnumerable<LimitStep> Coefficient(string name, (decimal Value, CoefficientStep? Step)? found, IEnumerable<CoefficientStep> table)
    {
        if (found is not var (value, step))
        {
            yield return new(LimitStepCode.CoefficientNotKnown, name);
            yield break;
        }
        yield return new(LimitStepCode.CoefficientApplied, name, Text(value), step?.CaseVi ?? "");
        if (!table.Any(row => row.Coefficient == name && row.Value == value))
            yield return new(LimitStepCode.CoefficientNotInTable, name, Text(value));
    }

    public static string Text(IFormattable? fact) => fact switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        _ => fact.ToString(null, CultureInfo.InvariantCulture),
    };
}

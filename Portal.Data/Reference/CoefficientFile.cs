using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>coefficients.csv of a standard: the figures of each coefficient, by case and by the steps of its variable.</summary>
internal sealed class CoefficientFile(UnitBook units, FaultList faults)
{
    private static readonly string[] Header =
        ["coefficient", "case_vi", "case_en", "variable", "unit", "above", "from", "up_to", "below", "value", "clause", "confidence", "source", "note"];

    public IReadOnlyList<CoefficientStep> Read(string root, string file)
    {
        var rows = SeedTable.Read(root, file, Header, faults, Make);
        foreach (var steps in rows.GroupBy(row => (row.Item.Coefficient, row.Item.CaseVi)))
            CheckCase(steps.ToList());
        return rows.Select(row => row.Item).ToList();
    }

    private CoefficientStep? Make(SeedRow row)
    {
        var (variable, unitCode) = (row.Optional("variable"), row.Optional("unit"));
        var unit = units.All.FirstOrDefault(candidate => candidate.Code == unitCode);
        var (above, from, upTo, below) = (row.Decimal("above"), row.Decimal("from"), row.Decimal("up_to"), row.Decimal("below"));
        var value = row.RequiredDecimal("value");
        if (unitCode.Length > 0 && unit is null)
            row.Fault(ReferenceRule.Unknown, $"There is no unit \"{unitCode}\".");
        if (variable.Length > 0 != unitCode.Length > 0)
            row.Fault(ReferenceRule.ValueMissing, "A variable has a unit, and a case in words has neither.");
        if (variable.Length == 0 && (above ?? from ?? upTo ?? below) is not null)
            row.Fault(ReferenceRule.WrongBounds, "A case in words has no ends.");
        if (ValueRange.Fault(above, from, upTo, below) is { } fault)
            row.Fault(ReferenceRule.WrongBounds, fault);
        if (row.IsGood && value <= 0)
            row.Fault(ReferenceRule.ValueUnreadable, $"value {value} is not positive.");
        var origin = new LimitOrigin(row.Optional("clause"), row.Confidence(), row.Text("source"), row.Optional("note"));
        return row.IsGood
            ? new(row.Text("coefficient"), row.Text("case_vi"), row.Text("case_en"), variable, unit, new(above, from, upTo, below), value, origin)
            : null;
    }

    // Whatever the variable is, one step and no other gives the figure.
    private void CheckCase(List<Located<CoefficientStep>> steps)
    {
        foreach (var stray in steps.Where(row => (row.Item.Variable, row.Item.Unit, row.Item.CaseEn)
            != (steps[0].Item.Variable, steps[0].Item.Unit, steps[0].Item.CaseEn)))
            faults.Add(stray, ReferenceRule.Duplicate, $"The case \"{stray.Item.CaseVi}\" has another variable, unit or English wording in row {steps[0].Row}.");
        var ordered = steps.OrderBy(row => row.Item.Range.Lower ?? decimal.MinValue).ThenByDescending(row => row.Item.Range.LowerBelongs).ToList();
        foreach (var (step, next) in ordered.Zip(ordered.Skip(1)))
        {
            var gap = step.Item.Range.GapTo(next.Item.Range);
            if (gap < 0)
                faults.Add(next, ReferenceRule.Overlap, $"The step shares numbers with row {step.Row}.");
            else if (gap > 0)
                faults.Add(next, ReferenceRule.Gap, $"Between row {step.Row} and this one lie numbers without a figure.");
        }
        if (ordered[0].Item.Range.Lower is not null)
            faults.Add(ordered[0], ReferenceRule.Gap, "Below the first step lie numbers without a figure.");
        if (ordered[^1].Item.Range.Upper is not null)
            faults.Add(ordered[^1], ReferenceRule.Gap, "Above the last step lie numbers without a figure.");
    }
}

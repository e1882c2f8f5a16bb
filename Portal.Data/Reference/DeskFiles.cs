namespace QuanTrac.Portal.Data.Reference;

/// <summary>By when requests are answered and incidents reported.</summary>
internal static class DeskFiles
{
    public static IReadOnlyList<DeskDeadlineRow> Deadlines(string root, FaultList faults) => faults.Once(SeedTable.Read(root, "desk_deadlines.csv",
        ["code", "kind", "severity", "personal_data", "what", "amount", "unit", "step_vi", "step_en", "article", "confidence", "open_mark_vi", "open_mark_en", "source"],
        faults, Make), deadline => deadline.Code).Select(row => row.Item).ToList();

    private static DeskDeadlineRow? Make(SeedRow row)
    {
        var (kind, what, unit) = (row.OneOf("kind", "support", "incident", "feedback"), row.OneOf("what", "answer", "report"), row.OneOf("unit", "", "hours", "working_days"));
        int? amount = unit.Length == 0 ? null : row.Whole("amount");
        if (amount is <= 0 || (unit.Length == 0 && row.Optional("amount").Length > 0))
            row.Fault(ReferenceRule.ValueMissing, "An amount above 0 goes with its unit, or neither is there.");
        if (what == "report" && kind != "incident")
            row.Fault(ReferenceRule.Unknown, "Only incidents are reported onwards.");
        return row.IsGood
            ? new(row.Text("code"), kind, row.OneOf("severity", "", "normal", "serious"), row.OneOf("personal_data", "0", "1") == "1", what, amount, unit,
                row.Text("step_vi"), row.Text("step_en"), row.Text("article"), row.Confidence(), row.Optional("open_mark_vi"), row.Optional("open_mark_en"), row.Text("source"))
            : null;
    }
}

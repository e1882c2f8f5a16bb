namespace QuanTrac.Portal.Data.Reference;

/// <summary>When the Centre is told that something about accounts is worth a look.</summary>
internal static class WatchFiles
{
    public static IReadOnlyList<WatchRuleRow> Rules(string root, FaultList faults) => faults.Once(SeedTable.Read(root, "watch_rules.csv",
        ["code", "amount", "minutes", "from_hour", "to_hour", "name_vi", "name_en", "confidence", "source"], faults, Make), rule => rule.Code).Select(row => row.Item).ToList();

    private static WatchRuleRow? Make(SeedRow row)
    {
        var code = row.OneOf("code", "failures-account", "failures-address", "refused", "exports", "rights-night", "new-place", "two-places");
        int? Of(string column) => row.Optional(column).Length == 0 ? null : row.Whole(column);
        var rule = new WatchRuleRow(code, Of("amount"), Of("minutes"), Of("from_hour"), Of("to_hour"), row.Text("name_vi"), row.Text("name_en"), row.Confidence(), row.Text("source"));
        if (rule is { Amount: <= 0 } or { Minutes: <= 0 } or { FromHour: < 0 or > 23 } or { ToHour: < 0 or > 23 })
            row.Fault(ReferenceRule.ValueMissing, "Amounts and minutes above 0, hours from 0 to 23.");
        return row.IsGood ? rule : null;
    }
}

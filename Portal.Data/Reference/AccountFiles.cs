namespace QuanTrac.Portal.Data.Reference;

/// <summary>After how many days accounts are locked, and told of it, passwords are to be changed, a reset account has its say again, and what waits for a second person lapses.</summary>
internal static class AccountFiles
{
    public static IReadOnlyList<AccountRuleRow> Rules(string root, FaultList faults) => faults.Once(SeedTable.Read(root, "account_rules.csv",
        ["code", "days", "name_vi", "name_en", "article", "confidence", "open_mark_vi", "open_mark_en", "source"], faults, Make), rule => rule.Code)
        .Select(row => row.Item).ToList();

    private static AccountRuleRow? Make(SeedRow row)
    {
        var (code, days) = (row.OneOf("code", "idle-lock", "idle-notice", "password-expiry", "fresh-account", "second-word"), row.Whole("days"));
        if (days <= 0)
            row.Fault(ReferenceRule.ValueMissing, "An amount of days above 0.");
        return row.IsGood
            ? new(code, days, row.Text("name_vi"), row.Text("name_en"), row.Text("article"), row.Confidence(), row.Optional("open_mark_vi"), row.Optional("open_mark_en"), row.Text("source"))
            : null;
    }
}

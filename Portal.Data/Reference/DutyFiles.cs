using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>What the decision asks of whom, by when, and the days on which nobody works.</summary>
internal static class DutyFiles
{
    public static IReadOnlyList<DutyRow> Duties(string root, OrganisationFiles organisations, FaultList faults)
    {
        var duties = faults.Once(SeedTable.Read(root, "duties.csv",
            ["code", "name_vi", "name_en", "kinds", "organisation", "every_months", "month", "day", "year_before", "valid_from", "valid_to", "documents_vi",
                "documents_en", "notice_vi", "notice_en", "article", "confidence", "open_mark_vi", "open_mark_en", "source"],
            faults, MakeDuty), duty => duty.Code);
        faults.Known(duties.Where(duty => duty.Item.Organisation is not null).ToList(), "organisation", duty => duty.Organisation!, organisations.Codes.Contains);
        return duties.Select(row => row.Item).ToList();
    }

    public static IReadOnlyList<HolidayRow> Holidays(string root, FaultList faults) => faults.Once(SeedTable.Read(root, "holidays.csv",
        ["day", "works", "name_vi", "name_en", "confidence", "source"], faults, row => row.Date("day") is { } day
            ? new HolidayRow(day, row.OneOf("works", "0", "1") == "1", row.Text("name_vi"), row.Text("name_en"), row.Confidence(), row.Text("source"))
            : null), holiday => holiday.Day).Select(row => row.Item).ToList();

    private static DutyRow? MakeDuty(SeedRow row)
    {
        string[] kinds = row.Optional("kinds").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var organisation = row.Optional("organisation");
        if (kinds.Length == 0 == (organisation.Length == 0))
            row.Fault(ReferenceRule.ValueMissing, "Either kinds or organisation says who owes it.");
        foreach (var kind in kinds.Except(OrganisationKinds.All))
            row.Fault(ReferenceRule.Unknown, $"There is no kind \"{kind}\".");
        var (every, month, day, before) = (row.Whole("every_months"), row.Whole("month"), row.Whole("day"), row.OneOf("year_before", "0", "1") == "1");
        if (!Recurrence.CanBe(every, month, day) || (before && every != 12))
            row.Fault(ReferenceRule.WrongDates, $"Every {every} months, month {month}, day {day} is no rule.");
        return row.IsGood
            ? new(row.Text("code"), row.Text("name_vi"), row.Text("name_en"), kinds, organisation.Length == 0 ? null : organisation, new(every, month, day, before),
                row.Valid(), row.Text("documents_vi"), row.Text("documents_en"), row.Text("notice_vi"), row.Text("notice_en"), row.Text("article"),
                row.Confidence(), row.Optional("open_mark_vi"), row.Optional("open_mark_en"), row.Text("source"))
            : null;
    }
}

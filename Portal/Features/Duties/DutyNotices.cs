using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Duties;

using Due = (OwedDuty Owed, DueReminder Reminder);

/// <summary>What is told to whom. Names go in the reader's language, so there is a notice for each language.</summary>
internal sealed class DutyNotices(DutyAudience audience, DateOnly today)
{
    private const int NamesTold = 6;

    /// <summary>How many accounts of the organisation that owes are told.</summary>
    public int Told(OwedDuty owed) => audience.Of(owed.Organisation).Count;

    /// <summary>To those who owe it.</summary>
    public IEnumerable<(Notice Notice, int[] Accounts)> ToOwner(OwedDuty owed, DueReminder reminder)
    {
        var left = owed.LastDay.DayNumber - today.DayNumber;
        var kind = (left > 0 ? "Duty.Before" : left == 0 ? "Duty.Today" : "Duty.Late") + (reminder.Missed > 0 ? ".Missed" : "");
        return ByLanguage(audience.Of(owed.Organisation), language => new(
            kind, [Name(owed, language), DutyWords.Period(owed.Period, language), Day(owed.LastDay), Number(Math.Abs(left)), Number(reminder.Missed)],
            "/duties", string.Create(CultureInfo.InvariantCulture, $"duty:{owed.Id}:{reminder.Step}")));
    }

    /// <summary>To parents, the Department and the administrators: one notice for each duty and period, however many are late.</summary>
    public IEnumerable<(Notice Notice, int[] Accounts)> ToOthers(IReadOnlyList<Due> due)
    {
        foreach (var late in due.Where(item => item.Reminder.Step >= Reminders.UpTheTree).GroupBy(item => (item.Owed.Code, item.Owed.Period, item.Owed.LastDay, item.Reminder.Step)))
        {
            var all = late.Select(item => item.Owed).ToList();
            var toDepartment = late.Key.Step == Reminders.Last;
            foreach (var parent in all.SelectMany(owed => audience.Above(owed.Organisation)).Distinct().Order(StringComparer.Ordinal))
            {
                // At the last step the Department hears of all of them at once.
                if (toDepartment && audience.IsDepartment(parent))
                    continue;
                var below = all.Where(owed => audience.Above(owed.Organisation).Contains(parent)).ToList();
                // Administrators hear of it with the Department then.
                foreach (var notice in Group(below, late.Key.Step, parent, audience.Of(parent).Where(reader => !toDepartment || !reader.Administers)))
                    yield return notice;
            }
            if (!toDepartment)
                continue;
            // Who owes the only one of them is told as such.
            var readers = audience.DepartmentAndAdministrators.Where(reader => all.Exists(owed => owed.Organisation != reader.Organisation));
            foreach (var notice in Group(all, late.Key.Step, "", readers))
                yield return notice;
        }
    }

    private IEnumerable<(Notice Notice, int[] Accounts)> Group(List<OwedDuty> late, int step, string to, IEnumerable<DutyReader> readers)
    {
        var ids = string.Join(',', late.Select(owed => Number(owed.Id)));
        var key = $"duty-late:{to}:{Number(step)}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids)))[..16]}";
        return ByLanguage(readers, language => new(
            "Duty.LateOthers",
            [Name(late[0], language), DutyWords.Period(late[0].Period, language), Day(late[0].LastDay), Number(today.DayNumber - late[0].LastDay.DayNumber),
                Number(late.Count), Names(late, language)],
            $"/duties?view=board&duty={late[0].Code}", key));
    }

    private static IEnumerable<(Notice Notice, int[] Accounts)> ByLanguage(IEnumerable<DutyReader> readers, Func<string, Notice> notice) =>
        readers.GroupBy(reader => reader.Language).Select(group => (notice(group.Key), group.Select(reader => reader.Account).ToArray()));

    private static string Names(List<OwedDuty> late, string language) =>
        string.Join("; ", late.Take(NamesTold).Select(owed => language == "en" ? owed.OrganisationEn : owed.OrganisationVi)) + (late.Count > NamesTold ? " …" : "");

    private static string Name(OwedDuty owed, string language) => language == "en" ? owed.NameEn : owed.NameVi;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

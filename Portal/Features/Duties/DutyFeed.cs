using System.Globalization;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>The duties of an account as a calendar: its own organisation's one by one, those of the others that it sees together by day.</summary>
internal static class DutyFeed
{
    public static async Task<string> ReadAsync(DutiesData data, Domain.Access.Access access, string language, string root, CancellationToken cancel)
    {
        var events = new List<CalendarEvent>();
        foreach (var year in new[] { data.Today.Year, data.Today.Year + 1 })
        {
            var own = await data.YearAsync(access, year, true, language, cancel);
            var all = await data.YearAsync(access, year, false, language, cancel);
            events.AddRange(own.Select(entry => Event(entry, true, language, root)));
            events.AddRange(all.Where(entry => !own.Any(mine => (mine.Duty, mine.Period, mine.Day) == (entry.Duty, entry.Period, entry.Day) && entry.Owed == mine.Owed))
                .Select(entry => Event(entry, false, language, root)));
        }
        return CalendarText.Write(DutyWords.Text(language, "Feed.Name"), events);
    }

    private static CalendarEvent Event(YearEntry entry, bool own, string language, string root)
    {
        var period = DutyWords.Period(entry.Period, language);
        var stands = own ? DutyWords.Text(language, entry.Done > 0 ? "Feed.Done" : "Feed.Open") : DutyWords.Text(language, "Feed.Others", entry.Done, entry.Owed);
        // The period is what stays when a last day is moved.
        var uid = string.Create(CultureInfo.InvariantCulture, $"{(own ? "own" : "all")}-{entry.Duty}-{entry.Period}-{(own ? "0" : entry.Day.ToString("MMdd", CultureInfo.InvariantCulture))}@quantrac");
        return new(uid, entry.Day, $"{entry.Name} ({period})", $"{stands}\n{Cited.Shown(entry.Article, language)}", root + (own ? "/duties" : $"/duties?view=board&duty={entry.Duty}"), entry.Stamp);
    }
}

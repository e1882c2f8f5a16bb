using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Tests.Domain.Duties;

/// <summary>Days counted by hand on the calendar of 2026: 29 June is a Monday, 31 March a Tuesday, 30 December a Wednesday.</summary>
public sealed class RemindersTests
{
    // 30 April and 1 May 2026 (Thursday, Friday) are off; Saturday 22 August is worked instead of Monday 31 August.
    private static readonly WorkingDays Days = new(
        new HashSet<DateOnly> { new(2026, 4, 30), new(2026, 5, 1), new(2026, 8, 31), new(2026, 9, 1), new(2026, 9, 2), new(2027, 1, 1) },
        new HashSet<DateOnly> { new(2026, 8, 22) });

    private static readonly DateTime Long = new(2025, 1, 1);

    [Theory]
    // 30 May is a Saturday, 28 June a Sunday: given on the Friday before.
    [InlineData("2026-06-29", "05-29 06-22 06-26 06-29 07-02 07-06 07-29")]
    // 1 March is a Sunday; thirty days later are two holidays and a weekend: given on Monday 4 May.
    [InlineData("2026-03-31", "02-27 03-24 03-30 03-31 04-03 04-07 05-04")]
    // 2 January 2027 is a Saturday.
    [InlineData("2026-12-30", "11-30 12-23 12-29 12-30 01-04 01-06 01-29")]
    // The last day is a Sunday: said on Friday, while there is time.
    [InlineData("2026-08-30", "07-31 08-22 08-28 08-28 09-03 09-07 09-29")]
    public void At_EachStep_FallsOnAWorkingDayAtEight(string lastDay, string expected)
    {
        var given = Reminders.Steps.Select(step => Reminders.At(DateOnly.ParseExact(lastDay, "yyyy-MM-dd"), step, Days)).ToList();
        Assert.Equal(expected, string.Join(' ', given.Select(at => $"{at:MM-dd}")));
        Assert.All(given, at => Assert.Equal(new TimeSpan(8, 0, 0), at.TimeOfDay));
    }

    [Fact]
    public void Due_BeforeEight_IsNothing()
    {
        Assert.Null(Reminders.Due(new(2026, 6, 29), Long, [-30, -7, -1], new(2026, 6, 29, 7, 59, 59), Days));
        Assert.Equal(new(2026, 6, 29, 8, 0, 0), Reminders.Due(new(2026, 6, 29), Long, [-30, -7, -1], new(2026, 6, 29, 8, 0, 0), Days)!.DueAt);
    }

    [Fact]
    public void Due_PortalDownForTwoWeeks_GivesTheNewestAndCountsTheMissed()
    {
        var due = Reminders.Due(new(2026, 6, 29), Long, [-30], new(2026, 7, 3, 9, 0, 0), Days)!;
        Assert.Equal(3, due.Step);
        Assert.Equal([-7, -1, 0], due.Replaces.Select(old => old.Step));
        Assert.Equal(3, due.Missed);
    }

    // 29 and 30 August 2026 are a weekend: −1 and 0 both come on Friday 28. One is given, and nothing was missed.
    [Fact]
    public void Due_TwoOnOneDay_GivesOneAndMissesNone()
    {
        var due = Reminders.Due(new(2026, 8, 30), Long, [-30, -7], new(2026, 8, 28, 8, 0, 0), Days)!;
        Assert.Equal((0, 0), (due.Step, due.Missed));
        Assert.Equal([-1], due.Replaces.Select(old => old.Step));
    }

    [Fact]
    public void Due_StepsFromBeforeThePlanning_AreNotOwed()
    {
        Assert.Null(Reminders.Due(new(2026, 6, 29), new(2026, 11, 24, 10, 0, 0), [], new(2026, 11, 25, 8, 0, 0), Days));
        var due = Reminders.Due(new(2026, 6, 29), new(2026, 6, 24), [], new(2026, 6, 26, 8, 0, 0), Days)!;
        Assert.Equal(-1, due.Step);
        Assert.Empty(due.Replaces);
    }

    [Fact]
    public void Due_AllHandled_IsNothing() => Assert.Null(Reminders.Due(new(2026, 6, 29), Long, [.. Reminders.Steps], new(2027, 1, 1), Days));
}

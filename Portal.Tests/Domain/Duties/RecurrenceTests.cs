using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Tests.Domain.Duties;

public sealed class RecurrenceTests
{
    // Điều 10.4: "trước ngày 30/6", so the last day on time is 29 June; 13.1: "trước ngày 31/12". A facility reports in January on the year before.
    [Theory]
    [InlineData(12, 6, 29, false, 2026, "2026 2026-06-29")]
    [InlineData(12, 12, 30, false, 2026, "2026 2026-12-30")]
    [InlineData(12, 1, 14, true, 2027, "2026 2027-01-14")]
    [InlineData(3, 3, 31, false, 2026, "2026-Q1 2026-03-31, 2026-Q2 2026-06-30, 2026-Q3 2026-09-30, 2026-Q4 2026-12-31")]
    [InlineData(6, 6, 15, false, 2026, "2026-H1 2026-06-15, 2026-H2 2026-12-15")]
    [InlineData(4, 1, 31, false, 2026, "2026-04 2026-01-31, 2026-08 2026-05-31, 2026-12 2026-09-30")]
    [InlineData(12, 2, 30, false, 2028, "2028 2028-02-29")]
    [InlineData(12, 2, 30, false, 2026, "2026 2026-02-28")]
    public void In_Year_GivesPeriodsAndLastDays(int every, int month, int day, bool before, int year, string expected) =>
        Assert.Equal(expected, string.Join(", ", new Recurrence(every, month, day, before).In(year).Select(owed => $"{owed.Period} {owed.LastDay:yyyy-MM-dd}")));

    [Fact]
    public void In_Monthly_EndsWithTheMonth() =>
        Assert.Equal(["2028-01-31", "2028-02-29", "2028-04-30"], new Recurrence(1, 1, 31).In(2028).Where((_, place) => place is 0 or 1 or 3).Select(owed => $"{owed.LastDay:yyyy-MM-dd}"));

    [Theory]
    [InlineData(5, 1, 1)]
    [InlineData(3, 4, 1)]
    [InlineData(12, 0, 1)]
    [InlineData(12, 13, 1)]
    [InlineData(12, 6, 32)]
    [InlineData(12, 6, 0)]
    public void New_RuleThatCannotBe_IsRefused(int every, int month, int day)
    {
        Assert.False(Recurrence.CanBe(every, month, day));
        Assert.Throws<ArgumentException>(() => new Recurrence(every, month, day));
    }

    [Fact]
    public void New_YearBeforeOfAQuarter_IsRefused() => Assert.Throws<ArgumentException>(() => new Recurrence(3, 1, 1, true));

    // 29 June itself is on time; late from 30 June 00:00.
    [Theory]
    [InlineData("2026-05-29", null, DutyState.Open)]
    [InlineData("2026-05-30", null, DutyState.Near)]
    [InlineData("2026-06-29", null, DutyState.Near)]
    [InlineData("2026-06-30", null, DutyState.Late)]
    [InlineData("2026-07-10", "2026-06-29", DutyState.OnTime)]
    [InlineData("2026-07-10", "2026-06-30", DutyState.DoneLate)]
    public void State_OfADay_IsLateFromTheDayAfter(string today, string? document, DutyState state) => Assert.Equal(state, DutyStates.Of(
        new(2026, 6, 29), new(2026, 1, 1), document is null ? null : DateOnly.ParseExact(document, "yyyy-MM-dd"), DateOnly.ParseExact(today, "yyyy-MM-dd")));

    [Fact]
    public void State_LastDayBeforeWatching_MakesNobodyLate() =>
        Assert.Equal(DutyState.Before, DutyStates.Of(new(2026, 6, 29), new(2026, 11, 24), null, new(2026, 11, 25)));
}

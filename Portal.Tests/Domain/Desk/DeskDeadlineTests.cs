using System.Globalization;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Tests.Domain.Desk;

/// <summary>Deadlines counted on a calendar by hand: 11 June 2026 is a Thursday; 30 April and 1 May 2026 (Thursday, Friday) are days off here, and Saturday 2 May
/// is worked instead.</summary>
public sealed class DeskDeadlineTests
{
    private static readonly WorkingDays Days = new(
        new HashSet<DateOnly> { new(2026, 4, 30), new(2026, 5, 1) }, new HashSet<DateOnly> { new(2026, 5, 2) });

    [Theory]
    // Monday: Tuesday, Wednesday, Thursday.
    [InlineData("2026-06-08 10:00", 3, "2026-06-11 23:59:59")]
    // Thursday: Friday, then Monday and Tuesday.
    [InlineData("2026-06-11 10:00", 3, "2026-06-16 23:59:59")]
    // At night from Saturday to Sunday the first day is Monday.
    [InlineData("2026-06-13 23:59", 1, "2026-06-15 23:59:59")]
    // Wednesday before the days off: Saturday 2 May (worked), Monday 4, Tuesday 5.
    [InlineData("2026-04-29 08:00", 3, "2026-05-05 23:59:59")]
    // Ten from a Thursday: 12, 15-19, 22-25 June.
    [InlineData("2026-06-11 00:00", 10, "2026-06-25 23:59:59")]
    public void End_WorkingDays_BeginsTheDayAfterAndLeavesDaysOffOut(string from, int amount, string end) =>
        Assert.Equal(At(end), Deadline(amount, DeadlineUnit.WorkingDays).End(At(from), Days));

    [Theory]
    // Friday afternoon: hours run over the weekend.
    [InlineData("2026-06-12 15:30", 24, "2026-06-13 15:30")]
    [InlineData("2026-06-12 15:30", 72, "2026-06-15 15:30")]
    [InlineData("2026-12-31 23:00", 24, "2027-01-01 23:00")]
    public void End_Hours_RunDayAndNight(string from, int amount, string end) => Assert.Equal(At(end), Deadline(amount, DeadlineUnit.Hours).End(At(from), Days));

    [Fact]
    public void End_WithoutAmount_IsNone() => Assert.Null(new DeskDeadline("x", DeskKind.Incident, "", false, true, null, DeadlineUnit.Hours).End(At("2026-06-11 10:00"), Days));

    [Fact]
    public void AppliesTo_SeverityAndPersonalData_MustFit()
    {
        var breach = new DeskDeadline("x", DeskKind.Incident, "", true, true, 72, DeadlineUnit.Hours);
        Assert.True(breach.AppliesTo(DeskKind.Incident, "normal", true));
        Assert.False(breach.AppliesTo(DeskKind.Incident, "serious", false));
        var serious = new DeskDeadline("x", DeskKind.Incident, "serious", false, true, 24, DeadlineUnit.Hours);
        Assert.False(serious.AppliesTo(DeskKind.Incident, "normal", true));
        Assert.False(serious.AppliesTo(DeskKind.Support, "", false));
    }

    // Reports of 24 and 72 hours from Friday 15:00; the answer within one working day from when it is the Centre's turn.
    [Theory]
    [InlineData(DeskState.New, "2026-06-12 15:00", "", "2026-06-13 15:00")]
    [InlineData(DeskState.Working, "2026-06-12 15:00", "first", "2026-06-15 15:00")]
    [InlineData(DeskState.Working, "2026-06-12 15:00", "first full", "2026-06-15 23:59:59")]
    [InlineData(DeskState.Working, "2026-06-18 09:00", "first full", "2026-06-19 23:59:59")]
    [InlineData(DeskState.Waiting, "2026-06-12 15:00", "first", "2026-06-15 15:00")]
    [InlineData(DeskState.Answered, "2026-06-12 15:00", "", "2026-06-13 15:00")]
    [InlineData(DeskState.Closed, "2026-06-12 15:00", "first", "2026-06-15 15:00")]
    [InlineData(DeskState.Waiting, "2026-06-12 15:00", "first full", null)]
    public void Next_OfAnIncident_IsTheEarliestOpenOne(DeskState state, string since, string reported, string? next)
    {
        DeskDeadline[] deadlines =
        [
            new("first", DeskKind.Incident, "serious", false, true, 24, DeadlineUnit.Hours), new("full", DeskKind.Incident, "serious", false, true, 72, DeadlineUnit.Hours),
            new("told", DeskKind.Incident, "serious", false, true, null, DeadlineUnit.Hours), new("answer", DeskKind.Incident, "serious", false, false, 1, DeadlineUnit.WorkingDays),
        ];
        var clock = new DeskClock(deadlines, At("2026-06-12 15:00"), At(since), state, reported.Split(' ').ToHashSet());
        Assert.Equal(next is null ? null : At(next), clock.Next(Days));
    }

    private static DeskDeadline Deadline(int amount, DeadlineUnit unit) => new("x", DeskKind.Support, "", false, false, amount, unit);

    private static DateTime At(string text) => DateTime.ParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture);
}

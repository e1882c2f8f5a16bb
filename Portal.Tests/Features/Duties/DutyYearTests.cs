using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Tests.Features.Duties;

/// <summary>A whole year moved through, morning by morning, and hour by hour around 29 June. The days are counted by hand.</summary>
public sealed class DutyYearTests(DutyProvince province) : IClassFixture<DutyProvince>
{
    [Fact]
    public async Task Year_MovedThrough_GivesEveryReminderOnceAtItsHourToTheRightPeople()
    {
        province.At("2025-12-01 09:00");
        await province.PlanAsync();
        var early = await MoveAsync(new(2025, 12, 1), new(2027, 2, 10));
        Assert.Empty(early);

        // Each step of each watched occurrence once, given at its hour or on the day of a newer one; planned before it came due.
        Assert.Equal(0L, await province.ReadAsync(
            """
            SELECT count(*) FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id
            WHERE o.last_day BETWEEN '2026-01-01' AND '2026-12-31' AND NOT EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id)
              AND (SELECT count(*) FROM duty_reminder r WHERE r.occurrence_id = o.id) <> 7
            """));
        Assert.Equal(0L, await province.ReadAsync("SELECT count(*) FROM duty_reminder WHERE given AND handled_at <> due_at"));
        Assert.Equal(0L, await province.ReadAsync("SELECT count(*) FROM notice WHERE kind LIKE '%.Missed'"));
        Assert.Equal(0L, await province.ReadAsync("SELECT count(*) FROM (SELECT 1 FROM notice GROUP BY account_id, key HAVING count(*) > 1) AS twice"));

        Assert.Equal(
            ["2026-05-29 08:00 Duty.Before 0", "2026-06-22 08:00 Duty.Before 0", "2026-06-26 08:00 Duty.Before 0", "2026-06-29 08:00 Duty.Today 0",
                "2026-07-02 08:00 Duty.Late 0", "2026-07-06 08:00 Duty.Late 0", "2026-07-29 08:00 Duty.Late 0"],
            await province.ToldAsync(province.HaLong, "facts[1] = 'Danh sách tài khoản và kế hoạch cập nhật dữ liệu'"));
        Assert.Equal(
            ["2026-11-30 08:00 Duty.Before 0", "2026-12-23 08:00 Duty.Before 0", "2026-12-29 08:00 Duty.Before 0", "2026-12-30 08:00 Duty.Today 0",
                "2027-01-04 08:00 Duty.Late 0", "2027-01-06 08:00 Duty.Late 0", "2027-01-29 08:00 Duty.Late 0"],
            await province.ToldAsync(province.Portal.Manager, "facts[1] = 'Báo cáo năm của Sở với Ủy ban nhân dân'"));

        // Up the tree from +7: the fisheries body stands under the Department. At +30 the Department hears of all five bodies in one notice.
        Assert.Equal(
            ["2026-07-06 08:00 Duty.LateOthers 1", "2026-07-29 08:00 Duty.LateOthers 5"],
            await province.ToldAsync(province.Portal.Manager, "kind = 'Duty.LateOthers' AND facts[1] = 'Danh sách tài khoản và kế hoạch cập nhật dữ liệu'"));
        Assert.Equal(
            ["2026-07-29 08:00 Duty.LateOthers 5"],
            await province.ToldAsync(province.Admin, "kind = 'Duty.LateOthers' AND facts[1] = 'Danh sách tài khoản và kế hoạch cập nhật dữ liệu'"));
        // Of the Department's own report the administrators hear at +30, the Department not a second time.
        Assert.Equal(["2027-01-29 08:00 Duty.LateOthers 1"], await province.ToldAsync(province.Admin, "facts[1] = 'Báo cáo năm của Sở với Ủy ban nhân dân'"));

        // The facility's report on 2025: 14 January 2026; 17 January is a Saturday. Its parent company hears from +7 on, at the last step too.
        Assert.Equal(
            ["2025-12-15 08:00 Duty.Before 0", "2026-01-07 08:00 Duty.Before 0", "2026-01-13 08:00 Duty.Before 0", "2026-01-14 08:00 Duty.Today 0",
                "2026-01-19 08:00 Duty.Late 0", "2026-01-21 08:00 Duty.Late 0", "2026-02-13 08:00 Duty.Late 0"],
            await province.ToldAsync(province.Facility, "facts[2] = 'năm 2025'"));
        Assert.Equal(
            ["2026-01-21 08:00 Duty.LateOthers 1", "2026-02-13 08:00 Duty.LateOthers 1"], await province.ToldAsync(province.Parent, "facts[2] = 'năm 2025'"));
        Assert.Empty(await province.ToldAsync(province.Guest));
        Assert.Empty(await province.ToldAsync(province.HaLong, "kind = 'Duty.LateOthers'"));

        // Handed in on 30 March after that morning's reminder: −30, −7 and −1, then none.
        Assert.Equal(
            ["2026-02-27 08:00 Duty.Before 0", "2026-03-24 08:00 Duty.Before 0", "2026-03-30 08:00 Duty.Before 0"],
            await province.ToldAsync(province.HaLong, "facts[1] = 'Chuyển giao dữ liệu hằng quý' AND facts[2] = 'quý 1/2026'"));
        var effect = await province.Portal.WithAsync<DutiesData, IReadOnlyList<ReminderEffect>>(data => data.EffectAsync(province.Admin, default));
        Assert.Equal((-1, 1), effect.Where(step => step.Fulfilled > 0).Select(step => (step.Step ?? 0, step.Fulfilled)).Single());
    }

    // A minute before eight and at eight; around 29 June at every full hour. What was given at another time than eight.
    private async Task<List<DateTime>> MoveAsync(DateTime from, DateTime to)
    {
        var early = new List<DateTime>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var busy = day >= new DateTime(2026, 6, 25) && day <= new DateTime(2026, 7, 3);
            TimeSpan[] times = busy ? [.. Enumerable.Range(0, 24).Select(hour => TimeSpan.FromHours(hour))] : [new(7, 59, 0), new(8, 0, 0)];
            foreach (var time in times)
            {
                province.Portal.Clock.Set(day + time);
                if (day.Day == 1 && time.Hours == 8)
                    await province.PlanAsync();
                if ((await province.RemindAsync()).Given > 0 && time != new TimeSpan(8, 0, 0))
                    early.Add(day + time);
            }
            if (day == new DateTime(2026, 3, 30))
                Assert.Null(await province.FulfilAsync(province.HaLong, await province.OccurrenceAsync("handover", "BQLVHL", "2026-Q1"), "2026-03-30"));
        }
        return early;
    }
}

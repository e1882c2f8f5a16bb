using System.Globalization;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

/// <summary>Expected figures: the worked examples of QĐ 1459/QĐ-TCMT in Cases/vn-aqi.json.</summary>
public sealed class AssessVnAqiTests
{
    private const string Verb = "assess vn-aqi";
    private const string Header = "time,PM2.5,PM10,O3,CO,SO2,NO2";

    // VN-01 gives the twelve hours of PM2.5 to 20:00, VN-09 the ozone and nitrogen dioxide of the hour: 41, 43 and, by the formula, 59.
    [Fact]
    public async Task Run_HourOfTheDecision_PrintsItsIndices()
    {
        var hours = Cases.Read("vn-aqi.json").EnumerateArray().First(one => one.GetProperty("id").GetString() == "VN-01").GetProperty("input").Numbers("values_chronological");
        var rows = hours.Select((mean, i) => FormattableString.Invariant($"2026-01-15T{9 + i:00}:00,{mean},,{(i == 11 ? "136.1" : "")},,,{(i == 11 ? "118.7" : "")}")).Reverse();

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend(Header)), "--period", "hour");

        Assert.Equal((0, ""), (answer.Code, answer.Notes));
        Assert.Equal("time,aqi,band,main,PM2.5,PM10,O3_1h,O3_8h,CO,SO2,NO2,reason,hours", answer.Lines[0]);
        Assert.Equal(13, answer.Lines.Count);
        Assert.Equal("2026-01-15T20:00,59,Trung bình,NO2,41,,43,,,,59,,PM2.5 12/12; O3_1h 1/1; NO2 1/1", answer.Lines[^1]);
        // One hour of the newest three is too few for NowCast.
        Assert.Equal("2026-01-15T09:00,,,,,,,,,,,pm_required,", answer.Lines[1]);
    }

    // VN-10: means 55.7 of PM2.5 over the day, the highest hours 114.6 of O3 and 130.8 of NO2: 110, 36 and 65. Eight hours of 89.3 of O3: 45.
    [Fact]
    public async Task Run_DayOfTheDecision_PrintsItsIndices()
    {
        var rows = Enumerable.Range(1, 24).Select(hour =>
            $"{(hour == 24 ? "2026-01-16T00:00:00" : $"2026-01-15T{hour:00}:00:00")}+07:00,55.7,,{Ozone(hour)},,,{(hour == 10 ? "130.8" : "20")}");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend(Header)), "--period", "day");

        Assert.Equal(
            (0, "", "2026-01-15,110,Kém,PM2.5,110,,36,45,,,65,,PM2.5 24/24; O3_1h 24/24; O3_8h 8/8; NO2 24/24"),
            (answer.Code, answer.Notes, Assert.Single(answer.Lines.Skip(1))));
    }

    [Fact]
    public async Task Run_Midnight_BelongsToTheDayBefore()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "time,PM2.5\n2026-01-16T00:00,10\n2026-01-16T01:00,10\n", "--period", "day");

        Assert.Equal(["2026-01-15", "2026-01-16"], answer.Lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("2026-01-15T09:30", "NotAnHour")]
    [InlineData("15/01/2026 09:00", "NotAnHour")]
    [InlineData("2026-02-30T09:00", "NotAnHour")]
    [InlineData("2026-01-15T08:00:00", "HourTwice")]
    [InlineData("2026-01-15T08:00+09:00", "ZonesMixed")]
    [InlineData("2026-01-15T09:00Z", "ZonesMixed")]
    [InlineData("2026-01-15", "NotAnHour")]
    [InlineData("2026-01-15T09:00+15:00", "NotAnHour")]
    public async Task Run_TimeThatIsNone_IsNamed(string time, string fault)
    {
        var answer = await AuditorsFile.RunAsync(Verb, $"time,PM2.5\n2026-01-15T08:00,10\n{time},10\n", "--period", "hour");

        var texts = new QuanTrac.Portal.Commands.CommandTexts(CultureInfo.GetCultureInfo("vi"));
        Assert.Equal((1, 2), (answer.Code, answer.Lines.Count));
        Assert.Contains("dòng 3, cột time: " + texts[$"AssessFault.{fault}", time, "2"], answer.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(64, "--period", "week")]
    [InlineData(0, "--period", "hour")]
    public async Task Run_Period_MustBeGiven(int code, params string[] options) => Assert.Equal(code, (await AuditorsFile.RunAsync(Verb, Header, options)).Code);

    // "Z" is UTC: 18:00Z of 5 February is 01:00 of the 6th. (7 × 60 + 17 × 20) ÷ 24 = 31.67; 50 + 50 ÷ 25 × 6.67 = 63.3.
    [Theory]
    [InlineData("2025-02-05T18:00", "Z")]
    [InlineData("2025-02-05T18:00", "+0000")]
    [InlineData("2025-02-05T20:00:00", "+02")]
    [InlineData("2025-02-05T13:00", "-05:00")]
    public async Task Run_TimesOfAnotherZone_AreTurnedIntoTheProvincesTime(string first, string zone)
    {
        var start = DateTime.Parse(first, CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, 24).Select(i => $"{start.AddHours(i):yyyy-MM-ddTHH:mm}{zone},{(i < 7 ? 60 : 20)},,,,,");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend(Header)), "--period", "day");

        Assert.Equal((0, "2025-02-06,63,Trung bình,PM2.5,63,,,,,,,,PM2.5 24/24"), (answer.Code, Assert.Single(answer.Lines.Skip(1))));
        Assert.Contains("24 thời điểm ghi múi giờ khác", answer.Notes, StringComparison.Ordinal);
    }

    // A zone whose hours are no full hours of the province has no place among them.
    [Fact]
    public async Task Run_ZoneOfHalfHours_IsRefusedAndCounted()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "time,PM2.5\n2026-01-15T08:00+05:30,10\n2026-01-15T09:00+05:30,10\n", "--period", "day");

        Assert.Equal((1, 1), (answer.Code, answer.Lines.Count));
        Assert.Contains("2 dòng dữ liệu; bỏ 2 dòng (không phải là giờ tròn: 2)", answer.Notes, StringComparison.Ordinal);
    }

    // Seven hours of NO2 below nothing: PM2.5 is complete, 30 → 60; NO2 of 40 → 20, of the 17 hours that are left.
    [Theory]
    [InlineData("-1.2", "nhỏ hơn 0: 7")]
    [InlineData("-9999", "nhỏ hơn 0: 7")]
    [InlineData("9999", "mã báo thiếu số liệu: 7")]
    [InlineData("err", "không phải là số: 7")]
    [InlineData(">500", "không phải là số: 7")]
    public async Task Run_ValueThatIsNone_LeavesOutNothingElseOfItsHour(string cell, string counted)
    {
        var answer = await AuditorsFile.RunAsync(Verb, Hours(hour => $"30,,,,,{(hour is >= 5 and <= 11 ? cell : "40")}"), "--period", "day");

        Assert.Equal((1, "2025-02-06,60,Trung bình,PM2.5,60,,,,,,20,,PM2.5 24/24; NO2 17/24 (ít giờ)"), (answer.Code, Assert.Single(answer.Lines.Skip(1))));
        Assert.Contains($"24 dòng dữ liệu; bỏ 0 dòng; bỏ 7 giá trị ({counted}); không dùng 0 cột", answer.Notes, StringComparison.Ordinal);
        Assert.Equal(7, answer.Notes.Split("cột NO2").Length - 1);
    }

    // The decision sets no minimum of hours: 70 of PM10 over 13 hours → 60; PM2.5 of 12 → 24 over 23 hours.
    [Theory]
    [InlineData(11, "2025-02-06,60,Trung bình,PM10,24,60,,,,,,,PM2.5 23/24; PM10 13/24 (ít giờ)")]
    [InlineData(6, "2025-02-06,60,Trung bình,PM10,24,60,,,,,,,PM2.5 23/24; PM10 18/24")]
    [InlineData(23, "2025-02-06,60,Trung bình,PM10,24,60,,,,,,,PM2.5 23/24; PM10 1/24 (ít giờ)")]
    public async Task Run_FewHours_CountAndAreMarked(int from, string line)
    {
        var answer = await AuditorsFile.RunAsync(Verb, Hours(hour => hour == 24 ? ",,,,," : $"12,{(hour >= from ? "70" : "")},,,,"), "--period", "day");

        Assert.Equal((0, line), (answer.Code, Assert.Single(answer.Lines.Skip(1))));
    }

    // 30 → 60 and 45 → 45 (formula: 50 ÷ 50 × 45).
    [Theory]
    [InlineData("time,PM25,pm10")]
    [InlineData("Time,PM2_5,PM 10")]
    [InlineData("time,\"PM2,5\",PM-10")]
    [InlineData("time,PM2.5 (µg/m3),PM10 [ug/m3]")]
    public async Task Run_UsualNamesOfDust_AreRead(string header)
    {
        var rows = Enumerable.Range(1, 24).Select(hour => $"{Hour(hour)},30,45");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend(header)), "--period", "day");

        Assert.Equal((0, "", "2025-02-06,60,Trung bình,PM2.5,60,45,,,,,,,PM2.5 24/24; PM10 24/24"), (answer.Code, answer.Notes, Assert.Single(answer.Lines.Skip(1))));
    }

    [Theory]
    [InlineData("time,dust,fine")]
    [InlineData("time,NO2")]
    public async Task Run_NoColumnOfDust_IsNoSuccess(string header)
    {
        var answer = await AuditorsFile.RunAsync(Verb, $"{header}\n2026-01-15T09:00,1{(header.Contains("fine", StringComparison.Ordinal) ? ",2" : "")}\n", "--period", "hour");

        Assert.Equal(1, answer.Code);
        Assert.Contains("không có cột nào trong số cần có: PM2.5, PM10", answer.Notes, StringComparison.Ordinal);
    }

    // A pollutant in another unit, or under a name that is only like its own, is not counted: nobody may take the index for a whole one.
    [Theory]
    [InlineData("NO2_ppb", "NO2")]
    [InlineData("CO (mg/m3)", "CO")]
    [InlineData("Bụi mịn PM2.5", "PM2.5")]
    [InlineData("pm_2.5", "PM2.5")]
    [InlineData("Nhiệt độ", null)]
    [InlineData("comment", null)]
    public async Task Run_ColumnThatSeemsToBeNeeded_IsNoSuccess(string header, string? meant)
    {
        var answer = await AuditorsFile.RunAsync(Verb, $"time,PM10,\"{header}\"\n2026-01-15T09:00,45,1\n", "--period", "day");

        Assert.Equal((meant is null ? 0 : 1, 2), (answer.Code, answer.Lines.Count));
        Assert.Contains(meant is null ? "không rõ là gì" : $"dù có vẻ là {meant}: ", answer.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Explain_FollowsTheDayWithItsSteps()
    {
        var rows = Enumerable.Range(1, 20).Select(hour => $"2026-01-15T{hour:00}:00,55.7");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend("time,PM2.5")), "--period", "day", "--explain");

        Assert.Contains("# Bụi PM2,5: trung bình ngày của 20 trong 24 giờ: 55,7 µg/m3", answer.Lines);
        Assert.Contains(answer.Lines, line => line.Contains("(150 − 100) ÷ (80 − 50) × (55,7 − 50) + 100 = 109,5, làm tròn 110", StringComparison.Ordinal));
    }

    private static string Hours(Func<int, string> cells) =>
        string.Join('\n', Enumerable.Range(1, 24).Select(hour => $"{Hour(hour)},{cells(hour)}").Prepend(Header));

    private static string Hour(int hour) => hour == 24 ? "2025-02-07T00:00" : $"2025-02-06T{hour:00}:00";

    // Hours 11 to 18 have a mean of 89.3 and their highest is 114.6.
    private static string Ozone(int hour) => hour switch
    {
        11 => "114.6",
        > 11 and < 18 => "89.3",
        18 => "64.0",
        _ => "20",
    };
}

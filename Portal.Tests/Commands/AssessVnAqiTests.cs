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
        Assert.Equal("time,aqi,band,main,PM2.5,PM10,O3_1h,O3_8h,CO,SO2,NO2,reason", answer.Lines[0]);
        Assert.Equal(13, answer.Lines.Count);
        Assert.Equal("2026-01-15T20:00,59,Trung bình,NO2,41,,43,,,,59,", answer.Lines[^1]);
        // One hour of the newest three is too few for NowCast.
        Assert.Equal("2026-01-15T09:00,,,,,,,,,,,pm_required", answer.Lines[1]);
    }

    // VN-10: means 55.7 of PM2.5 over the day, the highest hours 114.6 of O3 and 130.8 of NO2: 110, 36 and 65. Eight hours of 89.3 of O3: 45.
    [Fact]
    public async Task Run_DayOfTheDecision_PrintsItsIndices()
    {
        var rows = Enumerable.Range(1, 24).Select(hour =>
            $"{(hour == 24 ? "2026-01-16T00:00:00" : $"2026-01-15T{hour:00}:00:00")}+07:00,55.7,,{Ozone(hour)},,,{(hour == 10 ? "130.8" : "20")}");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend(Header)), "--period", "day");

        Assert.Equal((0, "2026-01-15,110,Kém,PM2.5,110,,36,45,,,65,"), (answer.Code, Assert.Single(answer.Lines.Skip(1))));
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
    [InlineData("2026-01-15T08:00+09:00", "HourTwice")]
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

    [Fact]
    public async Task Run_Explain_FollowsTheDayWithItsSteps()
    {
        var rows = Enumerable.Range(1, 20).Select(hour => $"2026-01-15T{hour:00}:00,55.7");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend("time,PM2.5")), "--period", "day", "--explain");

        Assert.Contains("# Bụi PM2,5: trung bình ngày của 20 trong 24 giờ: 55,7 µg/m3", answer.Lines);
        Assert.Contains(answer.Lines, line => line.Contains("(150 − 100) ÷ (80 − 50) × (55,7 − 50) + 100 = 109,5, làm tròn 110", StringComparison.Ordinal));
    }

    // Hours 11 to 18 have a mean of 89.3 and their highest is 114.6.
    private static string Ozone(int hour) => hour switch
    {
        11 => "114.6",
        > 11 and < 18 => "89.3",
        18 => "64.0",
        _ => "20",
    };
}

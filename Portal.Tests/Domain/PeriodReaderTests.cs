using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Tests.Domain;

public class PeriodReaderTests
{
    [Theory]
    [InlineData("Quý 1 2023", "2023-Q1")]
    [InlineData("Quý I/2023", "2023-Q1")]
    [InlineData("quý iv năm 2023", "2023-Q4")]
    [InlineData("\u00a0QUÝ  3  2021 ", "2021-Q3")]
    [InlineData("Q1/2023", "2023-Q1")]
    [InlineData("2023-Q2", "2023-Q2")]
    [InlineData("2023-02-28", "2023-02-28")]
    [InlineData("28/02/2023", "2023-02-28")]
    [InlineData("2023", "2023")]
    [InlineData("Năm 2023", "2023")]
    [InlineData("07/2025", "2025-07")]
    [InlineData("7-2025", "2025-07")]
    [InlineData("Tháng 7 năm 2025", "2025-07")]
    [InlineData("tháng 12/2025", "2025-12")]
    [InlineData("T7/2025", "2025-07")]
    [InlineData("2025-07", "2025-07")]
    [InlineData("13/07/2025 09:30", "2025-07-13")]
    [InlineData("2025-07-13T09:30:00", "2025-07-13")]
    [InlineData("13.7.2025", "2025-07-13")]
    public void Read_Period_IsWhatItSays(string text, string expected) =>
        Assert.Equal(expected, PeriodReader.Read(text, PeriodFormat.Any)?.ToString());

    [Theory]
    [InlineData("Quý 5 2023")]
    [InlineData("Quý 12023")]
    [InlineData("13/2025")]
    [InlineData("00/2025")]
    [InlineData("13-15/07/2025")]
    [InlineData("2025-07-13T09:30Z")]
    [InlineData("Quý 1")]
    [InlineData("30/02/2023")]
    [InlineData("02/28/2023")]
    [InlineData("Quý 1 203")]
    [InlineData("Quý 1 1023")]
    [InlineData("")]
    public void Read_WhatIsNoPeriod_IsNull(string text) => Assert.Null(PeriodReader.Read(text, PeriodFormat.Any));

    [Fact]
    public void Read_DayInAColumnOfQuarters_IsNull() => Assert.Null(PeriodReader.Read("2023-02-28", PeriodFormat.Quarter));

    [Fact]
    public void Read_Quarter_EndsWithItsLastDay()
    {
        var period = PeriodReader.Read("2024", "1")!;
        Assert.Equal((new DateOnly(2024, 1, 1), new DateOnly(2024, 3, 31), PeriodPrecision.Quarter), (period.Start, period.End, period.Precision));
    }

    [Theory]
    [InlineData("2024-01-01", "2024-03-31", "quarter", "2024-Q1")]
    [InlineData("2024-01-01", "", "quarter", "2024-Q1")]
    [InlineData("2024-01-01", "2024-03-31", "", "2024-Q1")]
    [InlineData("2024-02-01", "2024-02-29", "month", "2024-02")]
    [InlineData("2024-02-05", "2024-02-05", "day", "2024-02-05")]
    [InlineData("2024-02-05", "", "", "2024-02-05")]
    [InlineData("2024-01-01", "2024-12-31", "year", "2024")]
    [InlineData("2025-07", "", "month", "2025-07")]
    [InlineData("2025-07", "", "", "2025-07")]
    [InlineData("2025-07", "", "day", null)]
    [InlineData("2024-01-02", "2024-03-31", "quarter", null)]
    [InlineData("2024-01-01", "2024-02-10", "", null)]
    [InlineData("2024-01-01", "soon", "quarter", null)]
    [InlineData("2024-01-01", "2024-01-01", "fortnight", null)]
    [InlineData("2024-01-01", "2024-01-01", "1", null)]
    public void Read_ThreeColumns_MustAgree(string start, string end, string precision, string? expected) =>
        Assert.Equal(expected, PeriodReader.Read(start, end, precision)?.ToString());
}

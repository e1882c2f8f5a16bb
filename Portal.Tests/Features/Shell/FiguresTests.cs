using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Shell;

public sealed class FiguresTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public FiguresTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("vi-VN");

    public void Dispose() => CultureInfo.CurrentCulture = before;

    [Fact]
    public void Value_NonDetect_KeepsSignAndDecimals() =>
        Assert.Equal("<0,0005", Figures.Value(new ReportedValue(0.0005m, Censoring.Below)));

    [Fact]
    public void Number_TrailingZeros_StayAsReported() => Assert.Equal("1.234,50", Figures.Number(1234.50m));

    [Theory]
    [InlineData("1.4", "1,40")]
    [InlineData("1.0004", "1,0004")]
    [InlineData("0.9996", "0,9996")]
    [InlineData("1", "1,00")]
    [InlineData("12.34", "12,3")]
    [InlineData("1234.5", "1.235")]
    public void Ratio_NearTheLimit_NeverShowsAsTheLimit(string ratio, string expected) =>
        Assert.Equal(expected, Figures.Ratio(decimal.Parse(ratio, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("quarter", "Q3/23")]
    [InlineData("year", "2023")]
    [InlineData("day", "01/07/23")]
    public void Short_Period_FitsAnAxis(string precision, string expected) =>
        Assert.Equal(expected, new Period(new DateOnly(2023, 7, 1), new DateOnly(2023, 9, 30), precision).Short);
}

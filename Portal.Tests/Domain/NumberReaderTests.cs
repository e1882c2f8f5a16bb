using System.Globalization;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain;

public class NumberReaderTests
{
    [Theory]
    [InlineData("7,5", ',', "7.5", Censoring.None, false)]
    [InlineData("7.5", '.', "7.5", Censoring.None, false)]
    [InlineData("22", ',', "22", Censoring.None, false)]
    [InlineData("<0,02", ',', "0.02", Censoring.Below, false)]
    [InlineData("< 0,0005", ',', "0.0005", Censoring.Below, false)]
    [InlineData("\u00a0<0,01", ',', "0.01", Censoring.Below, false)]
    [InlineData(">0,02", ',', "0.02", Censoring.Above, false)]
    [InlineData("<3", ',', "3", Censoring.Below, false)]
    [InlineData("1,000", ',', "1", Censoring.None, false)]
    [InlineData("1.000", '.', "1", Censoring.None, false)]
    [InlineData("-1,5", ',', "-1.5", Censoring.None, false)]
    // The other mark, where it can only be a decimal mark.
    [InlineData("<0.03", ',', "0.03", Censoring.Below, true)]
    [InlineData("0.125", ',', "0.125", Censoring.None, true)]
    [InlineData("7.5", ',', "7.5", Censoring.None, true)]
    [InlineData("12.3456", ',', "12.3456", Censoring.None, true)]
    [InlineData("<0,005", '.', "0.005", Censoring.Below, true)]
    public void Read_Number_IsTheFilesWhateverTheCulture(string text, char mark, string expected, Censoring censoring, bool otherMark)
    {
        foreach (var culture in new[] { "vi-VN", "en-US", "" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var reading = NumberReader.ReadText(text, mark);
            Assert.Equal(new ReportedValue(decimal.Parse(expected, CultureInfo.InvariantCulture), censoring), reading.Value);
            Assert.Equal(otherMark, reading.OtherMark);
        }
    }

    [Theory]
    [InlineData("1.000", ',', ProblemCode.AmbiguousSeparator)]
    [InlineData("1,000", '.', ProblemCode.AmbiguousSeparator)]
    [InlineData("<1.000", ',', ProblemCode.AmbiguousSeparator)]
    [InlineData("1.234,5", ',', ProblemCode.AmbiguousSeparator)]
    [InlineData("1,234,567", ',', ProblemCode.AmbiguousSeparator)]
    [InlineData("<-1", ',', ProblemCode.NegativeBound)]
    [InlineData("<0", ',', ProblemCode.NegativeBound)]
    [InlineData("< 0,00", ',', ProblemCode.NegativeBound)]
    [InlineData("ước ", ',', ProblemCode.NotANumber)]
    [InlineData("1e3", ',', ProblemCode.NotANumber)]
    [InlineData("≤0,5", ',', ProblemCode.NotANumber)]
    [InlineData("<", ',', ProblemCode.NotANumber)]
    [InlineData("<<1", ',', ProblemCode.NotANumber)]
    [InlineData("0,5 mg/L", ',', ProblemCode.NotANumber)]
    [InlineData("5,", ',', ProblemCode.NotANumber)]
    [InlineData(",5", ',', ProblemCode.NotANumber)]
    [InlineData("+5", ',', ProblemCode.NotANumber)]
    [InlineData("1 000", ',', ProblemCode.NotANumber)]
    [InlineData("٣", ',', ProblemCode.NotANumber)]
    [InlineData("12345678901234567890123456789", ',', ProblemCode.NotANumber)]
    public void Read_WhatIsNoClearNumber_IsRefused(string text, char mark, ProblemCode expected)
    {
        var reading = NumberReader.ReadText(text, mark);
        Assert.Null(reading.Value);
        Assert.Equal(expected, reading.Refused);
    }

    [Theory]
    [InlineData("15.799999999999999", "15.8")]
    [InlineData("0.051000000000000004", "0.051")]
    [InlineData("0.30000000000000004", "0.3")]
    public void Read_DustOfABinaryFraction_IsRounded(string text, string expected)
    {
        var reading = NumberReader.ReadText(text, '.');
        Assert.Equal((decimal.Parse(expected, CultureInfo.InvariantCulture), true), (reading.Value!.Value.Number, reading.Rounded));
        Assert.False(NumberReader.ReadText("123456.789012345", '.').Rounded);
    }

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(22.0, "22")]
    [InlineData(5.0E-4, "0.0005")]
    [InlineData(1.5E+7, "15000000")]
    public void Read_NumericCell_IsWhatTheSheetShows(double cell, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), NumberReader.Read(RawCell.OfNumber(cell), ',').Value!.Value.Number);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Read_NumericCellBeyondDecimal_IsRefused(double cell) =>
        Assert.Equal(ProblemCode.NotANumber, NumberReader.Read(RawCell.OfNumber(cell), ',').Refused);

    [Fact]
    public void Read_TextOfAFormula_IsRefused() =>
        Assert.Equal(ProblemCode.FormulaCell, NumberReader.Read(RawCell.OfText(" =cmd|'/c calc'!A0"), ',').Refused);

    [Fact]
    public void Shown_NumericCell_HasTheFilesMark() => Assert.Equal("0,0022", RawCell.OfNumber(0.0022).Shown(','));
}

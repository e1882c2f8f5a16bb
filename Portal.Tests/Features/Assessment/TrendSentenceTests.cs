using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Tests.Domain.Assessment.Trend;

namespace QuanTrac.Portal.Tests.Features.Assessment;

public sealed class TrendSentenceTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi"), English = CultureInfo.GetCultureInfo("en");
    private static readonly TrendSubject Ammonium = new("Amoni", "mg/L");

    private static readonly TrendResult Rise = new()
    {
        Kind = TrendKind.MannKendall, N = 12, Needed = 10, FirstTime = 2021.1, LastTime = 2023.9, S = 38, P = 0.0104, Slope = 0.00412, SlopeLow = 0.0011,
        SlopeHigh = 0.0068, Pairs = 66,
    };

    [Fact]
    public void Of_Rise_SaysByHowMuchHowSureAndWhen()
    {
        Assert.Equal("Amoni tăng 0,0041 mg/L mỗi năm từ 2021 đến 2023 (p = 0,01; khoảng tin cậy 95 %: từ 0,0011 mg/L đến 0,0068 mg/L).", TrendSentence.Of(Vietnamese, Ammonium, Rise));
        Assert.Equal("Amoni rose by 0.0041 mg/L a year from 2021 to 2023 (p = 0.01; 95 % confidence interval: 0.0011 mg/L to 0.0068 mg/L).", TrendSentence.Of(English, Ammonium, Rise));
    }

    [Fact]
    public void Of_Fall_IsToldByItsSize() => Assert.Equal(
        "Amoni giảm 0,0041 mg/L mỗi năm từ 2021 đến 2023 (p < 0,001; khoảng tin cậy 95 %: từ 0,0011 mg/L đến 0,0068 mg/L).",
        TrendSentence.Of(Vietnamese, Ammonium, Rise with { S = -38, P = 0.0004, Slope = -0.00412, SlopeLow = -0.0068, SlopeHigh = -0.0011 }));

    [Theory]
    [InlineData(0.2345, "p = 0,23")]
    [InlineData(0.0502, "p = 0,0502")]
    [InlineData(1, "p = 1")]
    public void Of_NothingShown_SaysThatNoneWasShown(double p, string expected)
    {
        Assert.Equal($"Chưa thấy xu thế của Amoni từ 2021 đến 2023 ({expected}; 12 giá trị).", TrendSentence.Of(Vietnamese, Ammonium, Rise with { P = p }));
        Assert.StartsWith("No trend of Amoni has been shown", TrendSentence.Of(English, Ammonium, Rise with { P = p }), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeriesWithinAYear_NamesMonths() => Assert.Contains(
        "từ 02/2023 đến 11/2023", TrendSentence.Of(Vietnamese, Ammonium, Rise with { FirstTime = 2023.1, LastTime = 2023.9 }), StringComparison.Ordinal);

    [Theory]
    [InlineData(TrendGap.TooFewValues, "Chưa đủ dữ liệu để xét xu thế của Amoni: có 8 giá trị, cần ít nhất 10.")]
    [InlineData(TrendGap.TooFewMeasured, "Chưa đủ dữ liệu để xét xu thế của Amoni: trong 8 giá trị có 2 giá trị đo được thành số, cần ít nhất 5, trong đó 3 giá trị khác nhau.")]
    [InlineData(TrendGap.NoKnownOrder, "Chưa đủ dữ liệu để xét xu thế của Amoni: không có hai giá trị nào so sánh được với nhau.")]
    public void Of_NotEnoughData_SaysWhatIsMissing(TrendGap gap, string expected) =>
        Assert.Equal(expected, TrendSentence.Of(Vietnamese, Ammonium, Rise with { N = 8, Below = 6, P = null, Slope = null, Gap = gap }));

    [Fact]
    public void Of_ManyCensoredPairs_GivesTheDirectionOnly() => Assert.Equal(
        "Amoni có xu thế tăng từ 2021 đến 2023 (p = 0,01); chưa đủ dữ liệu để nói tăng bao nhiêu, vì 67 % số cặp giá trị có giá trị dưới giới hạn phát hiện hoặc vượt dải đo.",
        TrendSentence.Of(Vietnamese, Ammonium, Rise with { Gap = TrendGap.TooManyCensoredPairs, Slope = null, Below = 5, CensoredPairs = 44 }));

    [Fact]
    public void Of_SlopeOfZero_SaysThatTheRateIsNotResolved() =>
        Assert.Contains("nhỏ hơn bước đo", TrendSentence.Of(Vietnamese, Ammonium, Rise with { Slope = 0 }), StringComparison.Ordinal);

    [Fact]
    public void Of_ParameterWithoutUnit_LeavesNoGap() =>
        Assert.StartsWith("pH tăng 0,0041 mỗi năm", TrendSentence.Of(Vietnamese, new("pH", ""), Rise), StringComparison.Ordinal);

    [Fact]
    public void Of_ChangePoint_NamesTheMonthBefore()
    {
        var change = Rise with { Kind = TrendKind.Pettitt, K = 36, ChangePoint = 6, ChangeTime = TrendPoint.Years(new DateTime(2022, 6, 15)) };

        Assert.Equal("Mức của Amoni thay đổi sau 06/2022 (p = 0,01; chuỗi từ 2021 đến 2023).", TrendSentence.Of(Vietnamese, Ammonium, change));
        Assert.Equal("Chưa thấy thay đổi mức của Amoni từ 2021 đến 2023 (p = 0,3; 12 giá trị).", TrendSentence.Of(Vietnamese, Ammonium, change with { P = 0.3 }));
    }

    [Fact]
    public void Warnings_LimitThatFalls_IsSaidInBothLanguages()
    {
        var result = TrendTest.MannKendall(TrendSamples.Series("<0.05 <0.05 0.06 <0.05 0.07 0.08 0.05 <0.01 0.02 0.03 <0.01 0.055"));

        Assert.Equal(
            ["5 trong 12 giá trị (45 trong 66 cặp) dưới giới hạn phát hiện hoặc vượt dải đo; các giá trị này được so sánh như đã báo cáo, không thay bằng số khác.",
            "Giới hạn phát hiện thay đổi trong chuỗi, từ 0,01 mg/L đến 0,05 mg/L; thay đổi này không được tính là xu thế."],
            TrendSentence.Warnings(Vietnamese, Ammonium, result));
        Assert.Contains("between 0.01 mg/L and 0.05 mg/L", TrendSentence.Warnings(English, Ammonium, result).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_NumberBelowALimit_ShowsThatTheLimitChanged() => Assert.Contains(
        "có lần đo được 0,02 mg/L, nhỏ hơn giới hạn phát hiện 0,05 mg/L của lần khác",
        TrendSentence.Warnings(Vietnamese, Ammonium, TrendTest.MannKendall(TrendSamples.Series("<0.05 0.06 0.02 0.07"))).Last(), StringComparison.Ordinal);

    // Every outcome, gap and warning, in both languages.
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Texts_EveryCode_HasASentence(string language)
    {
        var text = AssessmentTexts.In(CultureInfo.GetCultureInfo(language));
        var keys = Enum.GetNames<TrendGap>().Except([nameof(TrendGap.TooManyCensoredPairs)]).Select(gap => $"Trend.{gap}")
            .Concat(new[] { "NotShown", "NotShown.Change", "Changes", "Rises", "Falls" }.Select(outcome => $"Trend.{outcome}"))
            .Concat(new[] { "Rises", "Falls" }.SelectMany(outcome => new[] { "Alone", "Unresolved", "Censored" }.Select(part => $"Trend.{outcome}.{part}")))
            .Concat(Enum.GetNames<TrendWarning>().Select(warning => $"TrendWarning.{warning}"))
            .Concat(["TrendWarning.CensoredValues.Pairs", "TrendWarning.DetectionLimitChanges.Below"]);
        Assert.All(keys, key => Assert.False(string.IsNullOrWhiteSpace(text(key)), key));
    }

    [Theory]
    [InlineData(2020, 2, 29)]
    [InlineData(2023, 1, 1)]
    [InlineData(2023, 12, 31)]
    [InlineData(2024, 12, 31)]
    public void Day_OfADecimalYear_IsTheDay(int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), TrendPoint.Day(TrendPoint.Years(new DateTime(year, month, day))));
}

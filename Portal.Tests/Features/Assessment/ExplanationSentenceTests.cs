using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Assessment;

public sealed partial class ExplanationSentenceTests
{
    private static readonly ResourceManager Texts = new(typeof(ExplanationTexts));
    private static readonly string[] Codes = [.. typeof(StepCode).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Languages => ["vi-VN", "en"];

    [Fact]
    public void Codes_AllOfThem_HappenAndHaveTheirNumberOfPlacesInBothLanguages()
    {
        var steps = Explained.All().SelectMany(explanation => explanation.Steps).ToLookup(step => step.Code);

        Assert.Equal(Codes.Order(StringComparer.Ordinal), steps.Select(group => group.Key).Order(StringComparer.Ordinal));
        Assert.All(steps, group => Assert.All(new[] { "vi", "en" }, language =>
        {
            var sentence = Texts.GetString($"Step.{group.Key}", CultureInfo.GetCultureInfo(language));
            Assert.False(string.IsNullOrWhiteSpace(sentence), group.Key);
            var places = Place().Matches(sentence!).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order();
            Assert.All(group, step => Assert.Equal(Enumerable.Range(0, step.Facts.Count), places));
        }));
    }

    [Fact]
    public void Texts_OfSteps_AllHaveACode() =>
        Assert.Equal(Codes.Order(StringComparer.Ordinal), Texts.GetResourceSet(CultureInfo.InvariantCulture, true, false)!.Cast<System.Collections.DictionaryEntry>()
            .Select(entry => (string)entry.Key).Where(key => key.StartsWith("Step.", StringComparison.Ordinal)).Select(key => key[5..]).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Languages))]
    public void Sentence_EachStep_IsFullOfWords(string language)
    {
        using var _ = new Speaking(language);
        Assert.All(Explained.All(), explanation => Assert.All(explanation.Steps, step =>
        {
            var sentence = ExplanationSentence.Of(step);
            // A key that was not found, a type's name, a computed number with all its digits.
            Assert.DoesNotMatch(@"Step\.|Term\.|QuanTrac|System\.|\{\d|\d[,.]\d{13}", sentence);
            Assert.NotEqual(explanation.Subject, ExplanationSentence.Title(explanation));
        }));
    }

    [Fact]
    public void Terms_OfEveryReasonForNoLimit_HaveAWord() =>
        Assert.All(typeof(LimitBook).GetFields().Where(field => field.IsLiteral),
            field => Assert.NotNull(Texts.GetString($"Term.Reason.{field.GetRawConstantValue()}", CultureInfo.InvariantCulture)));

    // QCVN 08:2023 judges means: the ratio is that of the mean, 4 ÷ 6, not of the value.
    [Fact]
    public void Sentences_OfAYearMean_CompareTheMean()
    {
        using var _ = new Speaking("vi-VN");
        var sentences = Explained.OfLimit("5", new(null, 6), "annual", mean: new(4, 4, 6)).Steps.Select(ExplanationSentence.Of).ToList();

        Assert.Equal(
            ["Giới hạn áp dụng cho trung bình năm", "Trung bình năm đến kỳ này, 6 lần lấy mẫu: 4 mg/L", "Giá trị ÷ giới hạn: 4 ÷ 6 = 0,6667", "Kết luận: trong giới hạn"],
            sentences.Skip(2));
    }

    // Between 4 and 5: at most 5, whatever the non-detects are.
    [Fact]
    public void Sentences_OfAYearMeanWithNonDetects_NameTheSureEnd()
    {
        using var _ = new Speaking("vi-VN");

        Assert.Contains("Giá trị thực nhỏ hơn 5 mg/L nên kết luận được, dù là bao nhiêu",
            Explained.OfLimit("5", new(null, 6), "annual", mean: new(4, 5, 6)).Steps.Select(ExplanationSentence.Of));
    }

    // 73.388604 … 87.274759: the first full case of Cases/vn-wqi.json, worked out by hand.
    [Fact]
    public void Sentences_OfTheFirstCase_ReadAsAnOfficialWrites()
    {
        using var _ = new Speaking("vi-VN");

        var sentences = Explained.OfWater(Explained.FirstCase).Steps.Select(ExplanationSentence.Of).ToList();

        Assert.Contains("Oxy bão hòa trong nước ngọt ở 25 °C: 14,652 − 10,2555 + 4,9944 − 1,2152 = 8,1757 mg/L; độ bão hòa: 6,0 mg/L ÷ 8,1757 mg/L × 100 = 73,3886 %", sentences);
        Assert.Contains("Nhu cầu oxy sinh hóa (BOD5): 5 mg/L ở bậc > 4 và ≤ 6 của thang; theo công thức (1): (100 − 75) ÷ (6 − 4) × (6 − 5) + 75 = 87,5", sentences);
        Assert.Contains("Nhóm IV (chất hữu cơ, dinh dưỡng): trung bình cộng của 5 thông số: (87,5 + 90 + 62,5 + 87,5 + 73,3886) ÷ 5 = 80,1777", sentences);
        Assert.Contains("Có nhóm V, công thức (3): 100/100 × 100/100 × 100/100 × (80,1777 × 95)^(1/2) = 87,2748", sentences);
        Assert.Contains("Làm tròn đến số nguyên, nửa lên: 87,2748 → 87", sentences);
        Assert.Equal("Chỉ số 87: mức “Tốt” (76 – 90). Sử dụng cho mục đích cấp nước sinh hoạt nhưng cần các biện pháp xử lý phù hợp", sentences[^1]);
    }

    [Fact]
    public void Sentence_NonDetect_SaysWhatStandsForIt()
    {
        using var _ = new Speaking("vi-VN");
        var step = Explained.OfWater("As=<0.0005").Steps[0];

        Assert.Equal("Asen (As): kết quả báo cáo <0,0005 mg/L. Giá trị dưới giới hạn phát hiện được tính tại giới hạn phát hiện: 0,0005 mg/L", ExplanationSentence.Of(step));
    }

    [Theory]
    [InlineData("0.14", "Kết luận: gấp 1,40 lần giới hạn")]
    [InlineData("<0.2", "Chưa kết luận được: giới hạn phát hiện cao hơn giới hạn cho phép")]
    public void Sentences_OfAVerdict_EndWithIt(string value, string verdict)
    {
        using var _ = new Speaking("vi-VN");
        var steps = Explained.OfLimit(value, new(null, 0.10m)).Steps;

        Assert.Equal(verdict, ExplanationSentence.Of(steps[^1]));
        Assert.Contains(steps, step => ExplanationSentence.Of(step) == "Giới hạn: không quá 0,10 mg/L (QCVN 10:2023/BTNMT, Bảng 1)"
            && ExplanationSentence.Clause(step) == "chưa rõ điều khoản" && ExplanationSentence.Doubt(step) == "độ tin cậy trung bình");
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();

    private sealed class Speaking : IDisposable
    {
        private readonly (CultureInfo Format, CultureInfo Words) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

        public Speaking(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
    }
}

using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Assessment;

namespace QuanTrac.Portal.Tests.Features.Assessment;

/// <summary>Every step by which a limit is found has its sentence in both languages, with a place for each fact.</summary>
public sealed partial class LimitSentenceTests
{
    private static readonly ResourceManager Texts = new(typeof(ExplanationTexts));

    private static readonly LimitStep[] Steps =
    [
        new(LimitStepCode.PermitSilent), new(LimitStepCode.PermitGoverns, "2"), new(LimitStepCode.LocalStandardsNotLoaded),
        new(LimitStepCode.StandardInForce, "QCVN 10:2023/BTNMT", "2023-09-12", ""), new(LimitStepCode.NoStandardInForce),
        new(LimitStepCode.LegacyApplies, "QCVN 40:2011/BTNMT", "2020-01-01", "2025-09-01", "2031-12-31", "QCVN 40:2025/BTNMT"),
        new(LimitStepCode.LegacyNotOpen, "QCVN 40:2011/BTNMT", "", "2025-09-01", "2031-12-31"),
        new(LimitStepCode.ColumnAssigned, "QCVN 10:2023/BTNMT", "0-6"), new(LimitStepCode.ColumnNotAssigned),
        new(LimitStepCode.RowFound, "QCVN 10:2023/BTNMT", "0-6", "", "6.5", "8.5"), new(LimitStepCode.RowOfOtherAveraging, "QCVN 05:2023/BTNMT", "all", "24h"),
        new(LimitStepCode.NoRow), new(LimitStepCode.CoefficientApplied, "Kq", "0.9", "sông"), new(LimitStepCode.CoefficientNotInTable, "Kq", "0.95"),
        new(LimitStepCode.CoefficientNotKnown, "Kf"), new(LimitStepCode.EffectiveBounds, "", "49.5"),
    ];

    [Fact]
    public void Steps_AllOfThem_HaveASentenceWithTheirPlacesInBothLanguages()
    {
        Assert.Equal(Enum.GetValues<LimitStepCode>().Order(), Steps.Select(step => step.Code).Distinct().Order());
        Assert.All(Steps, step => Assert.All(new[] { "vi", "en" }, language =>
        {
            var sentence = Texts.GetString($"WhichLimit.{step.Code}", CultureInfo.GetCultureInfo(language))!;
            var places = Place().Matches(sentence).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order();
            Assert.Equal(Enumerable.Range(0, LimitExplanation.Of(step).Facts.Count), places);
            Assert.DoesNotMatch(@"Term\.|WhichLimit|\{\d", ExplanationSentence.Of(LimitExplanation.Of(step)));
        }));
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();
}

using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>The expected verdicts and ratios are written by hand after the rules: a value equal to its limit is within, "&lt; x" with
/// x = limit is within, a ratio is value ÷ maximum or minimum ÷ value.</summary>
public sealed class ComplianceTests
{
    // Whatever unit both are in, the verdict and the ratio are the same.
    [Theory]
    [InlineData("0.14", null, "0.10")]
    [InlineData("<0.3", null, "0.1")]
    [InlineData("4", "5", null)]
    [InlineData("9.1", "6.5", "8.5")]
    public void Judge_OtherUnit_SaysTheSame(string text, string? lower, string? upper)
    {
        var value = new ReportedValue(Number(text.TrimStart('<')), text[0] == '<' ? Censoring.Below : Censoring.None);
        var limit = new Bounds(lower is null ? null : Number(lower), upper is null ? null : Number(upper));

        Assert.All(new[] { 1000m, 0.001m, 24m }, factor =>
            Assert.Equal(Compliance.Judge(value, limit), Compliance.Judge(value.Times(factor), new(limit.Lower * factor, limit.Upper * factor))));
    }

    [Theory]
    [InlineData("0.05", "0.1", "within", "0.5")]
    [InlineData("0.1", "0.1", "within", "1")]
    [InlineData("0.14", "0.10", "exceeds", "1.4")]
    [InlineData("0.3", "0.1", "exceeds", "3")]
    [InlineData("0", "0.1", "within", "0")]
    [InlineData("<0.1", "0.1", "within", null)]
    [InlineData("<0.02", "0.1", "within", null)]
    [InlineData("<0.11", "0.1", "cannot judge", null, "lod_above_limit")]
    [InlineData(">0.09", "0.1", "cannot judge", null, "above_range")]
    [InlineData(">0.1", "0.1", "exceeds", "1")]
    [InlineData(">0.2", "0.1", "exceeds", "2")]
    public void Judge_Maximum_ByTheRules(string value, string maximum, string verdict, string? ratio, string reason = "") =>
        AssertJudged(value, new(null, Number(maximum)), verdict, ratio, reason);

    // QCVN 10:2023/BTNMT, Bảng 1: Hg 0,0005 mg/L; P-PO4 0,2 mg/L. The cells stand in the agency's workbook.
    [Theory]
    [InlineData("<0.0006", "0.0005", "cannot judge", "lod_above_limit")]
    [InlineData("<0.0005", "0.0005", "within", "")]
    [InlineData(">0.02", "0.2", "cannot judge", "above_range")]
    public void Judge_CellsOfTheAgencysWorkbook_ByTheRules(string value, string maximum, string verdict, string reason) =>
        AssertJudged(value, new(null, Number(maximum)), verdict, null, reason);

    // A maximum of zero is how "không phát hiện thấy" is kept: any non-detect meets it, any number above zero does not.
    [Theory]
    [InlineData("<0.5", "within")]
    [InlineData("0", "within")]
    [InlineData("0.01", "exceeds")]
    [InlineData(">1", "exceeds")]
    public void Judge_MaximumOfZero_HasNoRatio(string value, string verdict) => AssertJudged(value, new(null, 0), verdict, null, "");

    [Theory]
    [InlineData("5.9", "5", "within", "0.847457627118644")]
    [InlineData("5", "5", "within", "1")]
    [InlineData("4", "5", "exceeds", "1.25")]
    [InlineData("0", "5", "exceeds", null)]
    [InlineData("<5", "5", "exceeds", null)]
    [InlineData("<4", "5", "exceeds", null)]
    [InlineData("<6", "5", "cannot judge", null, "lod_above_limit")]
    [InlineData(">5", "5", "within", null)]
    [InlineData(">20", "5", "within", null)]
    [InlineData(">4", "5", "cannot judge", null, "above_range")]
    public void Judge_Minimum_ByTheRules(string value, string minimum, string verdict, string? ratio, string reason = "") =>
        AssertJudged(value, new(Number(minimum), null), verdict, ratio, reason);

    // pH 6,5-8,5. A range has a distance, never a ratio.
    [Theory]
    [InlineData("6.5", "within")]
    [InlineData("7.8", "within")]
    [InlineData("8.5", "within")]
    [InlineData("6.49", "exceeds")]
    [InlineData("8.51", "exceeds")]
    [InlineData("<6.5", "exceeds")]
    [InlineData("<6", "exceeds")]
    [InlineData("<8", "cannot judge", "lod_above_limit")]
    [InlineData("<9", "cannot judge", "lod_above_limit")]
    [InlineData(">8.5", "exceeds")]
    [InlineData(">9", "exceeds")]
    [InlineData(">6", "cannot judge", "above_range")]
    [InlineData(">8", "cannot judge", "above_range")]
    public void Judge_Range_HasNoRatio(string value, string verdict, string reason = "") => AssertJudged(value, new(6.5m, 8.5m), verdict, null, reason);

    // 0.1 + 0.2 > 0.3 in binary numbers: an exceedance must not hang on that.
    [Fact]
    public void Judge_SumEqualToTheLimit_IsWithin() =>
        Assert.Equal(Verdict.Within, Compliance.Judge(new(0.1m + 0.2m), new(null, 0.3m)).Verdict);

    [Fact]
    public void Judge_LimitWithoutBounds_Throws() =>
        Assert.Throws<ArgumentException>(() => Compliance.Judge(new(1), new(null, null)));

    private static void AssertJudged(string value, Bounds limit, string verdict, string? ratio, string reason)
    {
        var judged = Compliance.Judge(Reported(value), limit);

        Assert.Equal((verdict, reason), (judged.Verdict.Text(), judged.Reason));
        Assert.Equal(ratio is null ? (decimal?)null : Number(ratio), judged.Ratio is { } number ? decimal.Round(number, 15) : null);
    }

    private static ReportedValue Reported(string text) => text[0] switch
    {
        '<' => new(Number(text[1..]), Censoring.Below),
        '>' => new(Number(text[1..]), Censoring.Above),
        _ => new(Number(text)),
    };

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

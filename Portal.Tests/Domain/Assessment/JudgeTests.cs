using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>A standard until 11/09/2023 with 0.5 and one from 12/09/2023 with 0.1; the later also asks for an annual mean of Fe and
/// says of oil in words that none may be seen.</summary>
public sealed class JudgeTests
{
    private static readonly DateOnly Change = new(2023, 9, 12);

    private static readonly Judge Engine = new(
        new LimitBook(
            new Dictionary<string, DateInterval> { ["old"] = new(null, Change.AddDays(-1)), ["new"] = new(Change, null) },
            [("sea_water", "old"), ("sea_water", "new")],
            [
                Row(1, "old", "N-NH4", new(null, 0.5m)),
                Row(2, "new", "N-NH4", new(null, 0.1m)),
                Row(3, "new", "Fe", new(null, 0.5m), "annual"),
                Row(4, "new", "Oil", null),
            ],
            [(1, "sea_water", new Assignment("old", "c", DateInterval.Always)), (1, "sea_water", new Assignment("new", "c", DateInterval.Always))],
            []),
        today: new(2026, 11, 22));

    [Fact]
    public void ByToday_OldSample_IsJudgedByTodaysStandard()
    {
        var finding = Assert.Single(ByToday(Result("N-NH4", 0.3m, new(2021, 1, 1), new(2021, 3, 31))));

        Assert.Equal((2, Verdict.Exceeds, 3m, true, (short)0),
            (finding.Limit!.Id, finding.Judgement.Verdict, finding.Judgement.Ratio!.Value, finding.Governs, finding.Ordinal));
    }

    [Fact]
    public void ByPeriod_QuarterThatStraddlesTheChange_HasBothAndTheFirstDayGoverns()
    {
        var findings = ByPeriod(Result("N-NH4", 0.3m, new(2023, 7, 1), new(2023, 9, 30))).ToList();

        Assert.Equal([(1, Verdict.Within, true), (2, Verdict.Exceeds, false)], findings.Select(f => (f.Limit!.Id, f.Judgement.Verdict, f.Governs)));
        Assert.Equal([(short)0, (short)1], findings.Select(f => f.Ordinal));
    }

    [Fact]
    public void ByPeriod_SamePeriodTwice_SaysTheSame()
    {
        var result = Result("N-NH4", 0.3m, new(2021, 1, 1), new(2021, 3, 31));

        Assert.Equal(ByPeriod(result).ToList(), ByPeriod(result).ToList());
        Assert.Equal(Verdict.Exceeds, Assert.Single(ByPeriod(result with { Value = new(0.6m) })).Judgement.Verdict);
    }

    [Fact]
    public void ByToday_LimitOfAMean_CannotBeJudgedByOneSample()
    {
        var finding = Assert.Single(ByToday(Result("Fe", 9, new(2023, 10, 1), new(2023, 12, 31))));

        Assert.Equal((Verdict.CannotJudge, "too_few_samples"), (finding.Judgement.Verdict, finding.Judgement.Reason));
    }

    // QCVN 08:2023 judges the annual mean of at least six samplings.
    [Theory]
    [InlineData("0.4 0.4 0.4 0.4 0.4 1.0", Verdict.Within, "", "0.5", "0.5")]
    [InlineData("0.4 0.4 0.4 0.4 0.4 1.6", Verdict.Exceeds, "", "0.6", "0.6")]
    [InlineData("0.4 0.4 0.4 0.4 0.4", Verdict.CannotJudge, Judge.MeanNeeded, "0.4", "0.4")]
    [InlineData("<0.3 <0.3 <0.3 <0.3 <0.3 1.5", Verdict.Within, "", "0.25", "0.5")]
    [InlineData("<0.3 <0.3 <0.3 <0.3 <0.3 2.7", Verdict.CannotJudge, Judge.NonDetectsDecide, "0.45", "0.7")]
    [InlineData("<0.3 <0.3 <0.3 <0.3 <0.3 3.6", Verdict.Exceeds, "", "0.6", "0.85")]
    [InlineData("0.1 0.1 0.1 0.1 0.1 >0.1", Verdict.CannotJudge, Judge.NonDetectsDecide, "0.1", null)]
    [InlineData("0.1 0.1 0.1 0.1 0.1 >9", Verdict.Exceeds, "", "1.5833333333333333333333333333", null)]
    public void ByToday_AnnualMean_IsJudgedFromTheRequiredSamplingsOn(string values, Verdict verdict, string reason, string lowest, string? highest)
    {
        var year = values.Split(' ').Select((text, i) => Past("Fe", text, new(2024, 2 * i + 1, 10))).ToArray();

        var finding = Assert.Single(ByToday(Result("Fe", 9, new(2024, 12, 1), new(2024, 12, 31)) with { Parameter = "Fe" }, year));

        Assert.Equal((verdict, reason), (finding.Judgement.Verdict, finding.Judgement.Reason));
        Assert.Equal((decimal.Parse(lowest, System.Globalization.CultureInfo.InvariantCulture), highest, year.Length),
            (finding.Mean!.Value.Lowest, finding.Mean.Value.Highest?.ToString(System.Globalization.CultureInfo.InvariantCulture), finding.Mean.Value.Samplings));
    }

    [Fact]
    public void ByToday_AnnualMean_LooksAtItsYearUpToTheSampleOnly()
    {
        PastResult[] history = [Past("Fe", "9", new(2023, 12, 31)), Past("Fe", "0.2", new(2024, 1, 1)), Past("Fe", "0.4", new(2024, 3, 31)), Past("Fe", "9", new(2024, 4, 1))];

        var mean = Assert.Single(ByToday(Result("Fe", 0.4m, new(2024, 1, 1), new(2024, 3, 31)), history)).Mean!.Value;

        Assert.Equal((0.3m, 2), (mean.Lowest, mean.Samplings));
    }

    [Fact]
    public void ByToday_ManyValuesOfOneSampling_AreOneSampling() => Assert.Equal(1, Assert.Single(ByToday(
        Result("Fe", 0.4m, new(2024, 1, 1), new(2024, 3, 31)), Past("Fe", "1", new(2024, 2, 1)), Past("Fe", "2", new(2024, 2, 1)))).Mean!.Value.Samplings);

    [Fact]
    public void ByToday_LimitInWords_CannotBeJudged()
    {
        var finding = Assert.Single(ByToday(Result("Oil", 9, new(2023, 10, 1), new(2023, 12, 31))));

        Assert.Equal((Verdict.CannotJudge, "limit_in_words", 4), (finding.Judgement.Verdict, finding.Judgement.Reason, finding.Limit!.Id));
    }

    [Fact]
    public void ByToday_SiteWithoutColumn_HasNoLimitAndSaysWhy()
    {
        var finding = Assert.Single(ByToday(Result("N-NH4", 1, Change, Change) with { Site = 2 }));

        Assert.Equal((Verdict.NoLimit, "column_not_assigned", null), (finding.Judgement.Verdict, finding.Judgement.Reason, finding.Limit));
    }

    [Fact]
    public void Text_EveryVerdict_ComesBack() =>
        Assert.All(Enum.GetValues<Verdict>(), verdict => Assert.Equal(verdict, VerdictWords.Parse(verdict.Text())));

    private static IEnumerable<FindingOfResult> ByToday(ResultToJudge result, params PastResult[] history) => Engine.ByToday(result, new(history));

    private static IEnumerable<FindingOfResult> ByPeriod(ResultToJudge result) => Engine.ByPeriod(result, SeriesHistory.Empty);

    private static ResultToJudge Result(string parameter, decimal value, DateOnly from, DateOnly to) =>
        new(1, "sea_water", parameter, "", from, to, new ReportedValue(value));

    private static PastResult Past(string parameter, string text, DateOnly day) => new(0, parameter, "", day, day, new(
        decimal.Parse(text.TrimStart('<', '>'), System.Globalization.CultureInfo.InvariantCulture),
        text[0] switch { '<' => Censoring.Below, '>' => Censoring.Above, _ => Censoring.None }));

    private static LimitRow Row(int id, string standard, string parameter, Bounds? bounds, string averaging = "") =>
        new(id, standard, "c", parameter, "", averaging, DateInterval.Always, bounds) { Samplings = 6 };
}

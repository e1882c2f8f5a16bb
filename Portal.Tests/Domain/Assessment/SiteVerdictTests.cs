using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

public sealed class SiteVerdictTests
{
    private static readonly Bounds Maximum = new(null, 0.1m);
    private static readonly Bounds Minimum = new(5, null);
    private static readonly Bounds Range = new(6.5m, 8.5m);

    private static readonly JudgedResult Within = new("TSS", Maximum, new(Verdict.Within, 0.4m));
    private static readonly JudgedResult NonDetect = new("Hg", Maximum, new(Verdict.Within));
    private static readonly JudgedResult CannotJudge = new("CN", Maximum, new(Verdict.CannotJudge, Reason: "lod_above_limit"));
    private static readonly JudgedResult NoLimit = new("COD", null, new(Verdict.NoLimit, Reason: "no_limit"));
    private static readonly JudgedResult Exceeds = new("N-NH4", Maximum, new(Verdict.Exceeds, 1.4m));
    private static readonly JudgedResult BrokenRange = new("pH", Range, new(Verdict.Exceeds));
    private static readonly JudgedResult MetMinimum = new("DO", Minimum, new(Verdict.Within, 0.85m));
    private static readonly JudgedResult UnmetMinimum = new("DO", Minimum, new(Verdict.Exceeds, 2.5m));

    [Fact]
    public void Combine_AnyExceeds_Exceeds()
    {
        var verdict = SiteVerdict.Combine([Within, CannotJudge, NoLimit, Exceeds]);

        Assert.Equal((Verdict.Exceeds, "le2", "N-NH4", 1.4m), (verdict.Verdict, verdict.Band, verdict.WorstParameter, verdict.WorstRatio));
        Assert.Equal((4, 1, 1), (verdict.Results, verdict.Exceeding, verdict.Undecided));
    }

    [Fact]
    public void Combine_NoneExceedsOneUndecided_CannotJudgeWithoutAPassingClass()
    {
        var verdict = SiteVerdict.Combine([Within, CannotJudge, NoLimit]);

        Assert.Equal((Verdict.CannotJudge, "none", "TSS"), (verdict.Verdict, verdict.Band, verdict.WorstParameter));
    }

    [Fact]
    public void Combine_WithinBesideNoLimit_IsWithin() => Assert.Equal(Verdict.Within, SiteVerdict.Combine([NoLimit, Within]).Verdict);

    [Fact]
    public void Combine_NothingWithALimit_IsNoLimitAndGrey()
    {
        var verdict = SiteVerdict.Combine([NoLimit, NoLimit]);

        Assert.Equal((Verdict.NoLimit, "none", null, null), (verdict.Verdict, verdict.Band, verdict.WorstParameter, verdict.WorstRatio));
    }

    [Fact]
    public void Combine_Nothing_IsNoLimitAndGrey() =>
        Assert.Equal((Verdict.NoLimit, "none", 0), (SiteVerdict.Combine([]).Verdict, SiteVerdict.Combine([]).Band, SiteVerdict.Combine([]).Results));

    [Fact]
    public void Combine_OnlyUndecided_IsGrey() =>
        Assert.Equal((Verdict.CannotJudge, "none"), (SiteVerdict.Combine([CannotJudge]).Verdict, SiteVerdict.Combine([CannotJudge]).Band));

    [Fact]
    public void Combine_OnlyNonDetects_IsTheLowestClassWithoutRatio()
    {
        var verdict = SiteVerdict.Combine([NonDetect, NonDetect]);

        Assert.Equal((Verdict.Within, "le0.5", null), (verdict.Verdict, verdict.Band, verdict.WorstRatio));
    }

    // 5 ÷ 5.9 mg/L of oxygen would paint every clean site.
    [Fact]
    public void Combine_MetMinimum_DoesNotCountForTheRatio()
    {
        var verdict = SiteVerdict.Combine([Within, MetMinimum]);

        Assert.Equal(("le0.5", "TSS", 0.4m), (verdict.Band, verdict.WorstParameter, verdict.WorstRatio));
        Assert.Equal(("le0.5", null), (SiteVerdict.Combine([MetMinimum]).Band, SiteVerdict.Combine([MetMinimum]).WorstRatio));
    }

    [Fact]
    public void Combine_UnmetMinimum_CountsForTheRatio()
    {
        var verdict = SiteVerdict.Combine([Exceeds, UnmetMinimum]);

        Assert.Equal(("le5", "DO", 2.5m), (verdict.Band, verdict.WorstParameter, verdict.WorstRatio));
    }

    [Fact]
    public void Combine_BrokenRange_CountsAsTheClassJustAboveTheLimit()
    {
        Assert.Equal(("le2", "pH"), (SiteVerdict.Combine([BrokenRange]).Band, SiteVerdict.Combine([BrokenRange]).WorstParameter));
        Assert.Equal(("le2", "pH"), (SiteVerdict.Combine([BrokenRange, Within]).Band, SiteVerdict.Combine([BrokenRange, Within]).WorstParameter));
        Assert.Equal(("le5", "DO"), (SiteVerdict.Combine([BrokenRange, UnmetMinimum]).Band, SiteVerdict.Combine([BrokenRange, UnmetMinimum]).WorstParameter));
    }

    /// <summary>No oxygen at all: the ratio to the minimum has no bound.</summary>
    [Fact]
    public void Combine_NothingAgainstAMinimum_IsTheWorstClass()
    {
        var nothing = Compliance.Judge(new(0), new(5, null));

        Assert.Equal((Verdict.Exceeds, null, true), (nothing.Verdict, nothing.Ratio, nothing.Unbounded));
        Assert.Equal("gt5", SiteVerdict.Combine([new("DO", new(5, null), nothing), Exceeds]).Band);
        Assert.Equal("DO", SiteVerdict.Combine([new("DO", new(5, null), nothing), Exceeds]).WorstParameter);
    }

    [Fact]
    public void Combine_EqualRatios_NamesTheSameParameterInAnyOrder()
    {
        JudgedResult[] equal = [new("TSS", Maximum, new(Verdict.Exceeds, 2)), new("Fe", Maximum, new(Verdict.Exceeds, 2))];

        Assert.Equal("Fe", SiteVerdict.Combine(equal).WorstParameter);
        Assert.Equal("Fe", SiteVerdict.Combine([.. equal.Reverse()]).WorstParameter);
    }
}

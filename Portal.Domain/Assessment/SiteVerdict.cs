namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>One judged result, as far as the verdict of its site needs it.</summary>
public readonly record struct JudgedResult(string Parameter, Bounds? Limit, Judgement Judgement);

/// <summary>What the results of one site and event say together.</summary>
/// <param name="WorstRatio">Over numeric results of maxima and of minima that are not met.</param>
/// <param name="Band">Class of the worst ratio, <see cref="RatioClass.None"/> where nothing was decided: what cannot be judged is no passing class.</param>
public sealed record SiteVerdict(
    Verdict Verdict, string Band, string? WorstParameter, decimal? WorstRatio, int Results, int Exceeding, int Undecided)
{
    /// <summary>Exceeds if any result exceeds; else cannot judge if any cannot be judged; else within if any is within; else no limit.</summary>
    public static SiteVerdict Combine(IReadOnlyCollection<JudgedResult> results)
    {
        var verdict = results.Count == 0 ? Verdict.NoLimit : results.Max(result => result.Judgement.Verdict);
        var exceeding = results.Count(result => result.Judgement.Verdict == Verdict.Exceeds);
        var undecided = results.Count(result => result.Judgement.Verdict == Verdict.CannotJudge);

        var worst = results
            .Where(CountsForRatio)
            .OrderByDescending(result => result.Judgement.Ratio)
            .ThenBy(result => result.Parameter, StringComparer.Ordinal)
            .Select(result => ((string Parameter, decimal? Ratio)?)(result.Parameter, result.Judgement.Ratio))
            .FirstOrDefault();
        var broken = results.Where(BreaksWithoutRatio).OrderByDescending(result => result.Judgement.Unbounded).FirstOrDefault();

        var band = worst?.Ratio is { } ratio ? RatioClass.Of(ratio)
            : results.Any(result => result.Judgement.Verdict == Verdict.Within) ? RatioClass.All[0].Code
            : RatioClass.None;
        // A broken range has a distance but no ratio: it counts as the class just above the limit. A ratio without bound is the worst class.
        if (broken.Parameter is not null)
            band = RatioClass.Worse(band, broken.Judgement.Unbounded ? RatioClass.All[^1].Code : RatioClass.LowestExceeding);

        var brokenLeads = broken.Parameter is not null && (worst?.Ratio is not > 1 || broken.Judgement.Unbounded);
        var named = brokenLeads ? broken.Parameter : worst?.Parameter;
        return new(verdict, ClassUnder(verdict, band), named, worst?.Ratio, results.Count, exceeding, undecided);
    }

    private static string ClassUnder(Verdict verdict, string band) => verdict switch
    {
        Verdict.Exceeds => RatioClass.Worse(band, RatioClass.LowestExceeding),
        Verdict.Within => band,
        _ => RatioClass.None,
    };

    // 5 ÷ 5.9 mg/L of oxygen would paint every clean site: a minimum counts only where it is not met.
    private static bool CountsForRatio(JudgedResult result) =>
        result.Judgement.Ratio is not null
        && (result.Limit is { IsMaximum: true } || result.Judgement.Verdict == Verdict.Exceeds);

    private static bool BreaksWithoutRatio(JudgedResult result) =>
        result.Judgement is { Verdict: Verdict.Exceeds, Ratio: null };
}

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>One judged result, as far as the verdict of its site needs it.</summary>
public readonly record struct JudgedResult(string Parameter, Bounds? Limit, Judgement Judgement);

/// <summary>What the results of one site and event say together.</summary>
/// <param name="WorstRatio">Over numeric results of maxima and of minima that are not met.</param>
/// <param name="Band">Class of the worst ratio, <see cref="RatioClass.None"/> where nothing was decided.</param>
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
        var broken = results.Where(BreaksWithoutRatio).OrderBy(result => result.Limit is { Lower: not null, Upper: not null }).FirstOrDefault();

        var band = worst?.Ratio is { } ratio ? RatioClass.Of(ratio)
            : results.Any(result => result.Judgement.Verdict == Verdict.Within) ? RatioClass.All[0].Code
            : RatioClass.None;
        // A broken range has a distance but no ratio: it counts as the class just above the limit. Nothing against a minimum, or anything
        // against a maximum of zero, has a ratio without bound: the worst class.
        if (broken.Parameter is not null)
            band = RatioClass.Worse(band, broken.Limit is { Lower: not null, Upper: not null } ? "le2" : RatioClass.All[^1].Code);

        var named = worst is null || (broken.Parameter is not null && (worst.Value.Ratio <= 1 || band == RatioClass.All[^1].Code && worst.Value.Ratio <= 5)) ? broken.Parameter ?? worst?.Parameter : worst.Value.Parameter;
        return new(verdict, band, named, worst?.Ratio, results.Count, exceeding, undecided);
    }

    // 5 ÷ 5.9 mg/L of oxygen would paint every clean site: a minimum counts only where it is not met.
    private static bool CountsForRatio(JudgedResult result) =>
        result.Judgement.Ratio is not null
        && (result.Limit is { IsMaximum: true } || result.Judgement.Verdict == Verdict.Exceeds);

    private static bool BreaksWithoutRatio(JudgedResult result) =>
        result.Judgement is { Verdict: Verdict.Exceeds, Ratio: null };
}

using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A result as the engine takes it: where, what, when and the value in the canonical unit of its parameter.</summary>
/// <param name="Averaging">The mean that the value is ("1h", "24h"); empty for a single value.</param>
public readonly record struct ResultToJudge(
    int Site, string Medium, string Parameter, string Fraction, DateOnly PeriodStart, DateOnly PeriodEnd, ReportedValue Value, string Averaging = "");

/// <summary>What one limit, or the lack of one, says of a result.</summary>
/// <param name="Ordinal">0 governs; later ones hold where the standard changes inside the period.</param>
/// <param name="Mean">The mean that was judged instead of the value, or that would be with enough samplings.</param>
/// <param name="Class">The column of the class that the mean falls in; only indicative where nothing could be judged yet.</param>
public readonly record struct FindingOfResult(
    short Ordinal, bool Governs, LimitRow? Limit, Judgement Judgement, YearMean? Mean = null, string? Class = null);

/// <summary>Judges results by today's standard and by the standard of the day.</summary>
public sealed class Judge(LimitBook book, DateOnly today)
{
    public const string MeanNeeded = "too_few_samples";
    public const string SamplingsNotKnown = "samplings_not_known";
    public const string NonDetectsDecide = "nondetects_decide";
    public const string LimitInWords = "limit_in_words";

    private const string OfYear = "annual";

    private readonly Dictionary<(int, string, string, string, DateOnly, DateOnly), IReadOnlyList<LimitsOfDay>> ofPeriod = [];
    private readonly Dictionary<(int, string, string, string, DateOnly), LimitsOfDay> ofDay = [];

    /// <summary>By the standard in force today.</summary>
    /// <param name="history">The reviewed results of the same series, for means.</param>
    public IEnumerable<FindingOfResult> ByToday(ResultToJudge result, SeriesHistory history) =>
        Findings(result, [OnDay(today, result.Site, result.Medium, result.Parameter, result.Fraction)], history);

    /// <summary>By the standards in force in the period of the sample; the one of the first day governs.</summary>
    public IEnumerable<FindingOfResult> ByPeriod(ResultToJudge result, SeriesHistory history)
    {
        var key = (result.Site, result.Medium, result.Parameter, result.Fraction, result.PeriodStart, result.PeriodEnd);
        if (!ofPeriod.TryGetValue(key, out var limits))
        {
            ofPeriod[key] = limits = book.Within(
                result.PeriodStart, result.PeriodEnd, result.Site, result.Medium, result.Parameter, result.Fraction);
        }
        return Findings(result, limits, history);
    }

    /// <summary>The bounds that single values are held against on a day; null where there are none in numbers.</summary>
    public Bounds? SingleValueLimit(DateOnly day, int site, string medium, string parameter, string fraction)
    {
        foreach (var limit in OnDay(day, site, medium, parameter, fraction).Limits)
        {
            if (limit is { Averaging: "", Bounds: { } bounds })
                return bounds;
        }
        return null;
    }

    private LimitsOfDay OnDay(DateOnly day, int site, string medium, string parameter, string fraction)
    {
        var key = (site, medium, parameter, fraction, day);
        if (!ofDay.TryGetValue(key, out var limits))
            ofDay[key] = limits = book.On(day, site, medium, parameter, fraction);
        return limits;
    }

    private IEnumerable<FindingOfResult> Findings(ResultToJudge result, IReadOnlyList<LimitsOfDay> limits, SeriesHistory history)
    {
        short ordinal = 0;
        for (var part = 0; part < limits.Count; part++)
        {
            var governs = part == 0;
            if (limits[part].Limits.Count == 0)
                yield return new(ordinal++, governs, null, new(Verdict.NoLimit, Reason: limits[part].Reason));
            foreach (var limit in Fitting(limits[part].Limits, result.Averaging))
            {
                var (judgement, mean) = Against(result, limit, history);
                yield return new(ordinal++, governs, limit, judgement, mean, mean is { } found ? ClassOf(found, limit, limits[part].Day) : null);
            }
        }
    }

    // A 24-hour mean is held against the limit for 24 hours, not against that for one; with none for its own mean all are named as open.
    private static IReadOnlyList<LimitRow> Fitting(IReadOnlyList<LimitRow> limits, string averaging) =>
        limits.Count > 1 && limits.Where(limit => limit.Averaging == averaging).ToList() is { Count: > 0 } fitting ? fitting : limits;

    private static (Judgement, YearMean?) Against(ResultToJudge result, LimitRow limit, SeriesHistory history) => limit switch
    {
        { Bounds: null } => (new(Verdict.CannotJudge, Reason: LimitInWords), null),
        { Averaging: OfYear } => AgainstMean(history.MeanOfYear(result.Parameter, result.Fraction, result.PeriodEnd), limit),
        _ when limit.Averaging == result.Averaging || limit.Averaging.Length == 0 => (Compliance.Judge(result.Value, limit.Bounds.Value), null),
        _ => (new(Verdict.CannotJudge, Reason: MeanNeeded), null),
    };

    // One sample is no mean: it indicates, it does not decide (QCVN 08:2023 judges annual means of a stated number of samplings).
    private static (Judgement, YearMean?) AgainstMean(YearMean? found, LimitRow limit)
    {
        if (limit.Samplings is not { } required)
            return (new(Verdict.CannotJudge, Reason: SamplingsNotKnown), found);
        if (found is not { } mean || mean.Samplings < required)
            return (new(Verdict.CannotJudge, Reason: MeanNeeded), found);
        return (JudgeMean(mean, limit.Bounds!.Value), mean);
    }

    // The best class whose limit the mean meets; the last one is told in words: worse than the others. Undecided by non-detects: none.
    private string? ClassOf(YearMean mean, LimitRow target, DateOnly day)
    {
        foreach (var row in book.ClassesBeside(target, day))
        {
            var verdict = row.Bounds is { } bounds ? JudgeMean(mean, bounds).Verdict : Verdict.Within;
            if (verdict == Verdict.CannotJudge)
                return null;
            if (verdict == Verdict.Within)
                return row.Column;
        }
        return null;
    }

    /// <summary>Both ends of the mean must say the same; else the values below detection decide, and nothing can be judged.
    /// The ratio is that of the end which is sure: at most this where it is within, at least this where it exceeds.</summary>
    public static Judgement JudgeMean(YearMean mean, Bounds limit)
    {
        var low = Compliance.Judge(new(mean.Lowest), limit);
        var high = Compliance.Judge(mean.Highest is { } highest ? new(highest) : new(mean.Lowest, Censoring.Above), limit);
        return low.Verdict != high.Verdict ? new(Verdict.CannotJudge, Reason: NonDetectsDecide)
            : low.Verdict == Verdict.Within && limit.IsMaximum ? high
            : low;
    }
}

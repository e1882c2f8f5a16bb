using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A result as the engine takes it: where, what, when and the value in the canonical unit of its parameter.</summary>
public readonly record struct ResultToJudge(
    int Site, string Medium, string Parameter, string Fraction, DateOnly PeriodStart, DateOnly PeriodEnd, ReportedValue Value);

/// <summary>What one limit, or the lack of one, says of a result.</summary>
/// <param name="Ordinal">0 governs; later ones hold where the standard changes inside the period.</param>
public readonly record struct FindingOfResult(short Ordinal, bool Governs, LimitRow? Limit, Judgement Judgement);

/// <summary>Judges results by today's standard and by the standard of the day.</summary>
public sealed class Judge(LimitBook book, DateOnly today)
{
    public const string MeanNeeded = "too_few_samples";
    public const string LimitInWords = "limit_in_words";

    private readonly Dictionary<(int, string, string, string, DateOnly, DateOnly), IReadOnlyList<LimitsOfDay>> ofPeriod = [];
    private readonly Dictionary<(int, string, string, string), IReadOnlyList<LimitsOfDay>> ofToday = [];

    /// <summary>By the standard in force today.</summary>
    public IEnumerable<FindingOfResult> ByToday(ResultToJudge result)
    {
        var key = (result.Site, result.Medium, result.Parameter, result.Fraction);
        if (!ofToday.TryGetValue(key, out var limits))
            ofToday[key] = limits = [book.On(today, result.Site, result.Medium, result.Parameter, result.Fraction)];
        return Findings(result.Value, limits);
    }

    /// <summary>By the standards in force in the period of the sample; the one of the first day governs.</summary>
    public IEnumerable<FindingOfResult> ByPeriod(ResultToJudge result)
    {
        var key = (result.Site, result.Medium, result.Parameter, result.Fraction, result.PeriodStart, result.PeriodEnd);
        if (!ofPeriod.TryGetValue(key, out var limits))
        {
            ofPeriod[key] = limits = book.Within(
                result.PeriodStart, result.PeriodEnd, result.Site, result.Medium, result.Parameter, result.Fraction);
        }
        return Findings(result.Value, limits);
    }

    private static IEnumerable<FindingOfResult> Findings(ReportedValue value, IReadOnlyList<LimitsOfDay> limits)
    {
        short ordinal = 0;
        for (var part = 0; part < limits.Count; part++)
        {
            if (limits[part].Limits.Count == 0)
                yield return new(ordinal++, part == 0, null, new(Verdict.NoLimit, Reason: limits[part].Reason));
            foreach (var limit in limits[part].Limits)
                yield return new(ordinal++, part == 0, limit, Against(value, limit));
        }
    }

    private static Judgement Against(ReportedValue value, LimitRow limit) => limit switch
    {
        { Bounds: null } => new(Verdict.CannotJudge, Reason: LimitInWords),
        // One sample is no mean: it indicates, it does not decide (QCVN 08:2023 judges annual means).
        { Averaging: not "" } => new(Verdict.CannotJudge, Reason: MeanNeeded),
        _ => Compliance.Judge(value, limit.Bounds.Value),
    };
}

using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The numbers of a limit in the unit of the value: a maximum has only an upper bound, a minimum only a lower one, a range both.</summary>
public readonly record struct Bounds(decimal? Lower, decimal? Upper)
{
    public bool IsMaximum => Lower is null;

    public bool IsMinimum => Upper is null;
}

/// <summary>What a limit says of one value.</summary>
/// <param name="Ratio">Maximum: value ÷ limit; minimum: limit ÷ value; none for ranges, non-detects and where nothing can be judged.</param>
/// <param name="Reason">Why nothing can be judged, as a code; empty otherwise.</param>
public readonly record struct Judgement(Verdict Verdict, decimal? Ratio = null, string Reason = "");

/// <summary>Compares a reported value with a limit. Both in the same unit.</summary>
public static class Compliance
{
    public const string DetectionLimitTooHigh = "lod_above_limit";
    public const string RangeOfMethodTooLow = "above_range";

    /// <exception cref="ArgumentException">The limit has no bound at all.</exception>
    public static Judgement Judge(ReportedValue value, Bounds limit) => limit switch
    {
        { Lower: null, Upper: { } maximum } => AgainstMaximum(value, maximum),
        { Lower: { } minimum, Upper: null } => AgainstMinimum(value, minimum),
        { Lower: { } lower, Upper: { } upper } => AgainstRange(value, lower, upper),
        _ => throw new ArgumentException("A limit without bounds judges nothing."),
    };

    private static Judgement AgainstMaximum(ReportedValue value, decimal maximum) => value.Censoring switch
    {
        // "< x" lies below x: with x at or under the maximum it is within, whatever it is.
        // A maximum of zero is how a standard's "không phát hiện thấy" is kept: a non-detect is what it asks for.
        Censoring.Below => value.Number <= maximum || maximum == 0 ? new(Verdict.Within) : new(Verdict.CannotJudge, Reason: DetectionLimitTooHigh),
        // "> x" lies above x: with x at or over the maximum it exceeds, by this ratio at least.
        Censoring.Above => value.Number >= maximum
            ? new(Verdict.Exceeds, Ratio(value.Number, maximum))
            : new(Verdict.CannotJudge, Reason: RangeOfMethodTooLow),
        _ => new(value.Number <= maximum ? Verdict.Within : Verdict.Exceeds, Ratio(value.Number, maximum)),
    };

    private static Judgement AgainstMinimum(ReportedValue value, decimal minimum) => value.Censoring switch
    {
        // "< x" with x at or under the minimum does not reach it, by this ratio at least.
        Censoring.Below => value.Number <= minimum
            ? new(Verdict.Exceeds, Ratio(minimum, value.Number))
            : new(Verdict.CannotJudge, Reason: DetectionLimitTooHigh),
        Censoring.Above => value.Number >= minimum ? new(Verdict.Within) : new(Verdict.CannotJudge, Reason: RangeOfMethodTooLow),
        _ => new(value.Number >= minimum ? Verdict.Within : Verdict.Exceeds, Ratio(minimum, value.Number)),
    };

    private static Judgement AgainstRange(ReportedValue value, decimal lower, decimal upper) => value.Censoring switch
    {
        Censoring.Below => value.Number <= lower ? new(Verdict.Exceeds) : new(Verdict.CannotJudge, Reason: DetectionLimitTooHigh),
        Censoring.Above => value.Number >= upper ? new(Verdict.Exceeds) : new(Verdict.CannotJudge, Reason: RangeOfMethodTooLow),
        _ => new(value.Number >= lower && value.Number <= upper ? Verdict.Within : Verdict.Exceeds),
    };

    private static decimal? Ratio(decimal over, decimal under) => under > 0 ? over / under : null;
}

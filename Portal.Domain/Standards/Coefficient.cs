using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>Numbers between two ends as a table prints them: "50 &lt; Q ≤ 200", "từ 50 trở lên". An end that is missing is open.</summary>
public sealed record ValueRange
{
    /// <exception cref="ArgumentException">Two lower or two upper ends, or the lower above the upper.</exception>
    public ValueRange(decimal? above, decimal? from, decimal? upTo, decimal? below)
    {
        if (Fault(above, from, upTo, below) is { } fault)
            throw new ArgumentException(fault);
        (Lower, LowerBelongs, Upper, UpperBelongs) = (above ?? from, from is not null, upTo ?? below, upTo is not null);
    }

    public static ValueRange All { get; } = new(null, null, null, null);

    public decimal? Lower { get; }

    public bool LowerBelongs { get; }

    public decimal? Upper { get; }

    public bool UpperBelongs { get; }

    /// <summary>What is wrong with the ends, or null.</summary>
    public static string? Fault(decimal? above, decimal? from, decimal? upTo, decimal? below) =>
        (above is not null && from is not null) || (upTo is not null && below is not null) ? "A range has one lower and one upper end at most."
        : (above ?? from) > (upTo ?? below) || ((above ?? from) == (upTo ?? below) && (from is null || upTo is null) && (above ?? from) is not null)
            ? $"The lower end {above ?? from} lies above the upper end {upTo ?? below}."
        : null;

    public bool Contains(decimal number) =>
        (Lower is not { } lower || (LowerBelongs ? number >= lower : number > lower))
        && (Upper is not { } upper || (UpperBelongs ? number <= upper : number < upper));

    /// <summary>How a range that begins later follows on this one: 0 without a gap, negative where they share a number, positive where one lies between.</summary>
    public int GapTo(ValueRange next) => (Upper, next.Lower) switch
    {
        (null, _) or (_, null) => -1,
        var (end, start) when end != start => start > end ? 1 : -1,
        _ => (UpperBelongs, next.LowerBelongs) switch { (true, true) => -1, (false, false) => 1, _ => 0 },
    };

    /// <summary>As PostgreSQL writes a numrange.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(LowerBelongs ? '[' : '(')}{Lower},{Upper}{(UpperBelongs ? ']' : ')')}");
}

/// <summary>One figure of a coefficient by which a standard multiplies its limits (Cmax = C × Kq × Kf).</summary>
/// <param name="Coefficient">"Kq".</param>
/// <param name="CaseVi">What it is for: a kind of water, a kind of facility. The steps of one case cover its variable without a gap.</param>
/// <param name="Variable">"Q"; empty where the case alone gives the figure.</param>
/// <param name="Unit">Of the variable.</param>
public sealed record CoefficientStep(
    string Coefficient, string CaseVi, string CaseEn, string Variable, Unit? Unit, ValueRange Range, decimal Value, LimitOrigin Origin);

using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>The numbers of a limit with their unit, as printed. Bounds are inclusive: value = limit is within.</summary>
public sealed record LimitValue
{
    /// <exception cref="ArgumentException">The bounds do not suit the kind, or lower lies above upper.</exception>
    public LimitValue(LimitKind kind, decimal? lower, decimal? upper, Unit unit)
    {
        if (Fault(kind, lower, upper) is { } fault)
            throw new ArgumentException(fault);
        (Kind, Lower, Upper, Unit) = (kind, lower, upper, unit);
    }

    public LimitKind Kind { get; }

    public decimal? Lower { get; }

    public decimal? Upper { get; }

    public Unit Unit { get; }

    /// <summary>What is wrong with the bounds, or null.</summary>
    public static string? Fault(LimitKind kind, decimal? lower, decimal? upper) => (kind, lower, upper) switch
    {
        (LimitKind.Max, null, not null) or (LimitKind.Min, not null, null) or (LimitKind.ClassText, null, null) => null,
        (LimitKind.Range, not null, not null) => lower <= upper ? null : $"The lower bound {lower} lies above the upper bound {upper}.",
        (LimitKind.Max, _, _) => "A maximum has an upper bound and no lower one.",
        (LimitKind.Min, _, _) => "A minimum has a lower bound and no upper one.",
        (LimitKind.Range, _, _) => "A range has both bounds.",
        _ => "A class in words has no bounds.",
    };

    /// <summary>The same limit in another unit of the same quantity.</summary>
    /// <exception cref="ArgumentException">The quantities differ.</exception>
    public LimitValue In(Unit other) => Unit.FactorTo(other) is { } factor
        ? new(Kind, Lower * factor, Upper * factor, other)
        : throw new ArgumentException($"{Unit.Code} does not convert to {other.Code}.");
}

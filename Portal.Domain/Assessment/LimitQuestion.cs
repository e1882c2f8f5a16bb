using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>What is asked of the book: the limit of a parameter in a medium on a day.</summary>
public readonly record struct LimitQuestion(DateOnly Day, string Medium, string Parameter, string Fraction)
{
    /// <summary>The limits of the permit for the place, medium, parameter and fraction, whatever their days.</summary>
    public IEnumerable<LimitRow> Permit { get; init; } = [];

    /// <summary>The columns of standards (use, class, receiving water, flow class, sea zone) that the place is assigned to, whatever their days.</summary>
    public IEnumerable<Assignment> Assigned { get; init; } = [];

    /// <summary>The averaging of the result: a limit of another one does not judge it. Null: all rows are asked for.</summary>
    public Averaging? Averaging { get; init; }

    /// <summary>When the facility came into operation or its EIA was approved; null: not known, or no facility.</summary>
    public DateOnly? FacilityDate { get; init; }

    public CoefficientsGiven? Coefficients { get; init; }
}

/// <summary>The limits with the reasoning that led to them.</summary>
public sealed record LimitAnswer(LimitsOfDay Found, IReadOnlyList<LimitStep> Steps);

/// <summary>One step of the reasoning.</summary>
/// <param name="Facts">What its sentence needs, in the order that the code names.</param>
public sealed record LimitStep(LimitStepCode Code, params IReadOnlyList<string> Facts);

/// <summary>The steps by which a limit is found: permit, then local standard, then national standard.</summary>
public enum LimitStepCode
{
    /// <summary>The permit has no limit of its own for this on the day.</summary>
    PermitSilent,

    /// <summary>The permit's own limits govern. Facts: how many.</summary>
    PermitGoverns,

    /// <summary>No local standard (QCĐP) is loaded: the answer says nothing of it.</summary>
    LocalStandardsNotLoaded,

    /// <summary>Facts: standard, first day, last day (empty: open).</summary>
    StandardInForce,

    NoStandardInForce,

    /// <summary>The standard has ended, and the facility may keep it. Facts: standard, date of the facility, facilities before, last day, standard that it stands in for.</summary>
    LegacyApplies,

    /// <summary>The standard has ended; it could be kept by an older facility. Facts: standard, date of the facility (empty: not known), facilities before, last day.</summary>
    LegacyNotOpen,

    /// <summary>Facts: standard, column.</summary>
    ColumnAssigned,

    /// <summary>No column of the standards in force is assigned: never a default one.</summary>
    ColumnNotAssigned,

    /// <summary>Facts: standard, column, averaging, lower bound, upper bound in the canonical unit (empty: none).</summary>
    RowFound,

    /// <summary>A row of another averaging was left out. Facts: standard, column, averaging.</summary>
    RowOfOtherAveraging,

    /// <summary>The columns have no row for the parameter.</summary>
    NoRow,

    /// <summary>Facts: coefficient, value, case (empty where the figure itself was given).</summary>
    CoefficientApplied,

    /// <summary>The figure that was given is none of the standard's table. Facts: coefficient, value.</summary>
    CoefficientNotInTable,

    /// <summary>Nothing decides the coefficient: the bound stands without it. Facts: coefficient.</summary>
    CoefficientNotKnown,

    /// <summary>Facts: lower bound, upper bound after coefficients, in the canonical unit.</summary>
    EffectiveBounds,
}

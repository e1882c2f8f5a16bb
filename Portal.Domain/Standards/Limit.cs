using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>Where a limit stands in its standard.</summary>
/// <param name="Column">What a site is assigned to; a column may gather several tables.</param>
/// <param name="Table">As printed: "Bảng 1".</param>
public sealed record LimitPlace(string Standard, string Column, string Table);

/// <summary>How a figure came to us. An empty clause reads "chưa rõ điều khoản" on the screen.</summary>
public sealed record LimitOrigin(string Clause, Confidence Confidence, string Source, string Note);

/// <summary>One row of a standard.</summary>
public sealed record Limit
{
    /// <exception cref="ArgumentException">The unit of the value does not fit the parameter.</exception>
    public Limit(
        LimitPlace place, Parameter parameter, string fraction, Averaging averaging, LimitValue value, DateInterval valid, LimitOrigin origin,
        IReadOnlyList<string>? coefficients = null)
    {
        Canonical = value.In(parameter.Unit);
        Coefficients = coefficients ?? [];
        (Place, Parameter, Fraction, Averaging, Value, Valid, Origin) = (place, parameter, fraction, averaging, value, valid, origin);
    }

    public LimitPlace Place { get; }

    public Parameter Parameter { get; }

    /// <summary>"dissolved"; empty for the total.</summary>
    public string Fraction { get; }

    public Averaging Averaging { get; }

    /// <summary>As printed.</summary>
    public LimitValue Value { get; }

    /// <summary>In the canonical unit of the parameter.</summary>
    public LimitValue Canonical { get; }

    public DateInterval Valid { get; }

    public LimitOrigin Origin { get; }

    /// <summary>Names of the coefficients that multiply it; empty where it stands as printed.</summary>
    public IReadOnlyList<string> Coefficients { get; }

    /// <summary>Rows with the same key must not hold on the same day.</summary>
    public object Key => (Place, Parameter.Code, Fraction, Averaging);
}

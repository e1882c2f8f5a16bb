using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The score of one parameter: what was reported, what number was scored, on which step of the scale.</summary>
/// <param name="Scored">The number looked up, in the unit of the scale: of oxygen the saturation in per cent.</param>
/// <param name="Value">Null where it cannot be scored; then <paramref name="Reason"/> says why.</param>
public sealed record SubIndex(
    string Parameter, string Group, ReportedValue Reported, decimal Scored, IndexSegment? Segment, decimal? Value, string Reason = "")
{
    /// <summary>"&gt; x" inside the scale: how much above x is not known.</summary>
    public const string AboveRange = "above_range";

    /// <summary>The scale does not reach this value.</summary>
    public const string OutsideScale = "outside_scale";

    /// <summary>Looks a value up on its scale.</summary>
    public static SubIndex Of(string parameter, IndexScale scale, ReportedValue value, NonDetects rule) =>
        Of(parameter, scale, value, rule, rule.NumberOf(value));

    /// <summary>Looks up a number that was derived from the value.</summary>
    public static SubIndex Of(string parameter, IndexScale scale, ReportedValue value, NonDetects rule, decimal scored)
    {
        var step = value.Censoring switch
        {
            // "< 0.3" is below 0.3, though 0.3 itself may belong to the next step (N-NH4: < 0.3 is 100, 0.3 is 75).
            Censoring.Below when rule == NonDetects.AtLimit => scale.FindBelow(scored),
            Censoring.Above => scale.FindAbove(scored),
            _ => scale.Find(scored),
        };
        if (step is null)
            return new(parameter, scale.Group, value, scored, null, null, OutsideScale);
        if (value.Censoring == Censoring.Above && step is not { IsFlat: true, To: null })
            return new(parameter, scale.Group, value, scored, null, null, AboveRange);
        return new(parameter, scale.Group, value, scored, step, step.IndexAt(scored));
    }
}

/// <summary>Rounding of the decisions: to the nearest whole number, half up.</summary>
internal static class Rounding
{
    public static int HalfUp(decimal value) => (int)decimal.Round(value, 0, MidpointRounding.AwayFromZero);

    // Roots are taken in double; ten decimals take its noise away: a mean of hundreds is a hundred.
    public static decimal OfDouble(double value) => decimal.Round((decimal)value, 10, MidpointRounding.AwayFromZero);
}

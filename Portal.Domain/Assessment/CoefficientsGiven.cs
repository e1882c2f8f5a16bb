using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>What is known of a facility's coefficients: figures, or the cases and variables from which the standard's own tables give them.</summary>
/// <param name="Values">By name: Kq = 0.9. A figure goes before the tables.</param>
/// <param name="Variables">By symbol, in the unit of the table: Q = 120 (m3/s), F = 800 (m3/day).</param>
/// <param name="Cases">By name of the coefficient: the Vietnamese wording of its case.</param>
public sealed record CoefficientsGiven(
    IReadOnlyDictionary<string, decimal> Values, IReadOnlyDictionary<string, decimal> Variables, IReadOnlyDictionary<string, string> Cases)
{
    private static readonly Dictionary<string, decimal> NoNumbers = [];
    private static readonly Dictionary<string, string> NoCases = [];

    public static CoefficientsGiven None { get; } = new(NoNumbers, NoNumbers, NoCases);

    public static CoefficientsGiven Figures(IReadOnlyDictionary<string, decimal> values) => new(values, NoNumbers, NoCases);

    /// <summary>The figure of a coefficient and the step of the table that it comes from (null where the figure itself was given); null where
    /// nothing decides it, or more than one step would.</summary>
    public (decimal Value, CoefficientStep? Step)? Find(string coefficient, IEnumerable<CoefficientStep> table)
    {
        if (Values.TryGetValue(coefficient, out var figure))
            return (figure, null);
        var steps = table.Where(step => step.Coefficient == coefficient && Fits(step)).Take(2).ToList();
        return steps is [var only] ? (only.Value, only) : null;
    }

    // Without a case in words, only a variable tells which case it is: a river has Q, a lake has V.
    private bool Fits(CoefficientStep step) => Cases.TryGetValue(step.Coefficient, out var wanted)
        ? step.CaseVi == wanted && (step.Variable.Length == 0 || InRange(step))
        : step.Variable.Length > 0 && InRange(step);

    private bool InRange(CoefficientStep step) => Variables.TryGetValue(step.Variable, out var number) && step.Range.Contains(number);
}

using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The index of one sample by the handbook of 2011.</summary>
/// <param name="Missing">Parameters of the formula without a score; with any there is no value.</param>
public sealed record Wqi2011Result(
    IReadOnlyList<SubIndex> SubIndices, IReadOnlyList<string> Missing, decimal? Value, int? Index, IndexBand? Band, NonDetects NonDetects);

/// <summary>WQI of surface water before 12/11/2019 (QĐ 879/QĐ-TCMT, 01/07/2011):
/// WQI = WQI_pH/100 × [ 1/5 Σ WQI_a × 1/2 Σ WQI_b × WQI_c ]^(1/3),
/// a = DO, BOD5, COD, N-NH4, P-PO4; b = TSS, turbidity; c = total coliforms.</summary>
/// <param name="table">Tables and constants of kind wqi-2011.</param>
public sealed class Wqi2011(IndexTable table)
{
    public const string Kind = "wqi-2011";

    private readonly OxygenSaturation saturation = new(table);
    private readonly string[] parameters = table.Scales.Select(scale => scale.Code == "DO%" ? "DO" : scale.Code).ToArray();

    public IndexTable Table => table;

    /// <param name="sample">Parameter code → value: mg/L, NTU, MPN/100 mL, °C.</param>
    public Wqi2011Result Assess(IReadOnlyDictionary<string, ReportedValue> sample, NonDetects rule)
    {
        var scores = WqiSample.Score(table, saturation, sample, rule);
        // What to divide by when one is missing the handbook's transcription does not say: then there is no index.
        var missing = parameters.Where(parameter => !scores.Exists(score => score.Parameter == parameter && score.Value is not null)).ToList();
        if (missing.Count > 0)
            return new(scores, missing, null, null, null, rule);
        var (ph, a, b, c) = (
            WqiSample.Mean(scores, "pH")!.Value, WqiSample.Mean(scores, "a")!.Value, WqiSample.Mean(scores, "b")!.Value, WqiSample.Mean(scores, "c")!.Value);
        var value = ph / 100 * Rounding.OfDouble(Math.Cbrt((double)(a * b * c)));
        var whole = Rounding.HalfUp(value);
        return new(scores, missing, value, whole, table.Band(whole), rule);
    }
}

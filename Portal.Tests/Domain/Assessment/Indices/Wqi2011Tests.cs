using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>QĐ 879/QĐ-TCMT; expected values worked out by hand from its tables.</summary>
public sealed class Wqi2011Tests
{
    private static readonly Wqi2011 Index = new(SeedBooks.Indices.Newest(Wqi2011.Kind));

    // BOD5 5 → 87.5, COD 22.5 → 62.5, N-NH4 0.35 → 62.5, P-PO4 0.15 → 87.5, DO at saturation → 100: mean 80;
    // turbidity 5 → 100, TSS 40 → 62.5: mean 81.25; coliform 3750 → 87.5; pH 100. (80 × 81.25 × 87.5)^(1/3) = 82.85 → 83.
    [Fact]
    public void Assess_WorkedSample_Is83()
    {
        // At 25 °C fresh water holds 8.175656 mg/L of oxygen (Cases/vn-wqi.json).
        var sample = Sample(("pH", 7), ("DO", 8.175656m), ("Temp", 25), ("BOD5", 5), ("COD", 22.5m), ("N-NH4", 0.35m), ("P-PO4", 0.15m),
            ("Turbidity", 5), ("TSS", 40), ("Coliform", 3750));

        var result = Index.Assess(sample, NonDetects.AtLimit);

        Assert.Equal((83, "wqi11-2"), (result.Index, result.Band!.Code));
        Assert.Equal(82.85m, decimal.Round(result.Value!.Value, 2));
    }

    [Fact]
    public void Assess_MissingParameter_IsNamedAndThereIsNoIndex()
    {
        var result = Index.Assess(Sample(("pH", 7), ("BOD5", 5), ("COD", 22.5m), ("N-NH4", 0.35m), ("P-PO4", 0.15m), ("TSS", 40), ("Coliform", 3750)), NonDetects.AtLimit);

        Assert.Equal((null, "Turbidity, DO"), (result.Index, string.Join(", ", result.Missing)));
    }

    [Theory]
    [InlineData("TSS", 100, 25)]
    [InlineData("TSS", 100.1, 1)]
    [InlineData("BOD5", 49.99999, 1)]
    [InlineData("BOD5", 50, 1)]
    [InlineData("pH", 5.5, 1)]
    [InlineData("pH", 9, 1)]
    [InlineData("Coliform", 10000, 25)]
    [InlineData("Coliform", 10001, 1)]
    public void Assess_Boundary_ByTheTable(string parameter, double value, int expected) =>
        Assert.Equal(expected, Math.Round(Assert.Single(Index.Assess(Sample((parameter, (decimal)value)), NonDetects.AtLimit).SubIndices).Value!.Value, 1));

    private static Dictionary<string, ReportedValue> Sample(params (string Code, decimal Value)[] values) =>
        values.ToDictionary(value => value.Code, value => new ReportedValue(value.Value));
}

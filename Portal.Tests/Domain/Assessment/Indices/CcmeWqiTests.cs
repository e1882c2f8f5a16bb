using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>CCME (2001), Canadian Water Quality Index 1.0, User's Manual.</summary>
public sealed class CcmeWqiTests
{
    private static readonly CcmeWqi Index = new(SeedBooks.Indices.Newest(CcmeWqi.Kind));

    // North Saskatchewan River at Devon, 1997: 10 variables, 2 failed; 103 tests, 4 failed; F1 20, F2 3.9, F3 2.1, index 88.
    // The manual's amplitude follows from the sum of excursions 0.0214 × 103, laid on the four failed tests here.
    [Fact]
    public void Assess_ExampleOfTheManual_Is88()
    {
        var tests = new List<CcmeTest>();
        for (var variable = 0; variable < 10; variable++)
        {
            for (var sampling = 0; sampling < (variable < 7 ? 10 : 11); sampling++)
            {
                var fails = variable < 2 && sampling < 2;
                tests.Add(new($"v{variable}", sampling, new(fails ? 1 + 0.02145m * 103 / 4 : 1), new(null, 1)));
            }
        }

        var result = Index.Assess(tests);

        Assert.Equal((10, 2, 103, 4), (result.Variables, result.FailedVariables, result.Tests, result.FailedTests));
        Assert.Equal((20.0, 3.9, 2.1), (Math.Round(result.F1, 1), Math.Round(result.F2, 1), Math.Round(result.F3, 1)));
        Assert.Equal((88, "ccme-2"), (result.Index, result.Band!.Code));
    }

    [Fact]
    public void Assess_AllWithin_Is100() => Assert.Equal((100, "ccme-1"), (Index.Assess(Grid(4, 4, 0.5m)).Index, Index.Assess(Grid(4, 4, 0.5m)).Band!.Code));

    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 3)]
    public void Assess_TooFewVariablesOrSamplings_SaysWhy(int variables, int samplings)
    {
        var result = Index.Assess(Grid(variables, samplings, 0.5m));

        Assert.Equal((null, CcmeWqi.TooFewVariables), (result.Index, result.Reason));
    }

    [Fact]
    public void Assess_SeldomSampledVariable_IsLeftOutAndCounted()
    {
        var result = Index.Assess(Grid(4, 4, 0.5m).Append(new("rare", 0, new(9), new(null, 1))));

        Assert.Equal((4, 1, 100), (result.Variables, result.TooFew, result.Index));
    }

    [Fact]
    public void Assess_NonDetectAboveTheLimit_IsNoTestAndCounted()
    {
        var result = Index.Assess(Grid(4, 5, 0.5m).Select((test, i) => i % 5 == 0 ? test with { Value = new(2, Censoring.Below) } : test));

        Assert.Equal((4, 16, 100), (result.LeftOut, result.Tests, result.Index));
    }

    [Fact]
    public void Assess_NonDetectBelowTheLimit_Passes() =>
        Assert.Equal(100, Index.Assess(Grid(4, 4, 0.5m).Select(test => test with { Value = new(1, Censoring.Below) })).Index);

    // No oxygen at all: the excursion has no bound, the amplitude is 100.
    [Fact]
    public void Assess_NothingAgainstAMinimum_HasFullAmplitude()
    {
        var result = Index.Assess(Grid(3, 4, 0.5m).Concat(Enumerable.Range(0, 4).Select(sampling => new CcmeTest("DO", sampling, new(0), new(5, null)))));

        Assert.Equal(100, result.F3);
        Assert.Equal((25.0, 25.0), (result.F1, result.F2));
    }

    // 5 ÷ 4 − 1 = 0.25 of a minimum, 9.35 ÷ 8.5 − 1 = 0.1 and 6.5 ÷ 5.2 − 1 = 0.25 of a range.
    [Theory]
    [InlineData("4", "5", null, 0.25)]
    [InlineData("9.35", "6.5", "8.5", 0.1)]
    [InlineData("5.2", "6.5", "8.5", 0.25)]
    [InlineData("0.3", null, "0", 0.3)]
    public void Assess_Excursion_ByKindOfLimit(string value, string? lower, string? upper, double excursion)
    {
        var limit = new Bounds(Number(lower), Number(upper));
        var tests = Grid(3, 4, 0.5m).Concat(Enumerable.Range(0, 4).Select(sampling => new CcmeTest("x", sampling, new(Number(value)!.Value), limit)));

        Assert.Equal(excursion * 4 / 16, Index.Assess(tests).Nse, 9);
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<CcmeTest> Grid(int variables, int samplings, decimal value) =>
        from variable in Enumerable.Range(0, variables)
        from sampling in Enumerable.Range(0, samplings)
        select new CcmeTest($"v{variable}", sampling, new(value), new(null, 1));
}

using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Trend;

/// <summary>Published answers; each names its source in Cases/trend-vectors.json.</summary>
public sealed class TrendVectorTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "trend-vectors.json"))).RootElement;

    private static readonly string[] NotOffered =
    [
        "modified_mk:hamed_rao", "modified_mk:hamed_rao_lag3", "modified_mk:yue_wang", "modified_mk:yue_wang_lag1", "modified_mk:pre_whitening",
        "modified_mk:trend_free_pre_whitening", "modified_mk:correlated_seasonal", "regional_kendall", "partial_mann_kendall", "correlated_seasonal_kendall",
    ];

    public static TheoryData<string> Cases => [.. Vectors.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    [Theory, MemberData(nameof(Cases))]
    public void Run_PublishedSeries_GivesWhatIsPrinted(string id)
    {
        var vector = Vectors.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
        var result = Run(vector);

        Assert.Null(result.Gap);
        Assert.All(vector.GetProperty("expected").EnumerateObject(), figure =>
            AssertPrinted(figure.Value.GetRawText(), Figure(result, figure.Name), figure.Name));
        if (vector.TryGetProperty("recomputed", out var recomputed))
        {
            Assert.All(recomputed.EnumerateObject(), figure =>
                Assert.Equal(1, Figure(result, figure.Name) / figure.Value.GetDouble(), 1e-12));
        }
    }

    [Fact]
    public void Vectors_OfKindsNotOffered_AreNamedWithTheReason()
    {
        var left = Vectors.GetProperty("not_offered").EnumerateArray().ToList();
        Assert.Equal(NotOffered.Order(), left.Select(one => one.GetProperty("test").GetString()!).Distinct().Order());
        Assert.All(left, one => Assert.NotEmpty(one.GetProperty("why").GetString()!));
    }

    private static TrendResult Run(JsonElement vector)
    {
        var series = Vectors.GetProperty("series").GetProperty(vector.GetProperty("series").GetString()!);
        var values = series.GetProperty("values").EnumerateArray()
            .Select(value => value.ValueKind == JsonValueKind.Null ? (ReportedValue?)null : new ReportedValue(value.GetDecimal())).ToList();
        var period = vector.TryGetProperty("period", out var given) ? given.GetInt32() : 1;
        // The published seasonal slope is for a whole cycle of seasons.
        var times = series.TryGetProperty("times", out var told)
            ? told.EnumerateArray().Select(time => time.GetDouble()).ToList()
            : Enumerable.Range(0, values.Count).Select(place => (double)place / period).ToList();
        var trend = new TrendSeries(values.Select((value, place) => new TrendPoint(times[place], value)));
        return vector.GetProperty("test").GetString() switch
        {
            "pettitt" => TrendTest.Pettitt(trend),
            "seasonal_kendall" or "seasonal_sen_slope" => TrendTest.SeasonalKendall(trend, period),
            _ => TrendTest.MannKendall(trend),
        };
    }

    private static double Figure(TrendResult result, string name) => name switch
    {
        "n" => result.N,
        "S" => result.S!.Value,
        "varS" => result.VarS!.Value,
        "z" => result.Z!.Value,
        "p" => result.P!.Value,
        "tau_a" => result.TauA!.Value,
        "tau_b" => result.TauB!.Value,
        "slope" => result.Slope!.Value,
        "slope_low" => result.SlopeLow!.Value,
        "slope_high" => result.SlopeHigh!.Value,
        "K" => result.K!.Value,
        "change_point" => result.ChangePoint!.Value,
        _ => throw new ArgumentException(name),
    };

    // Half a unit of the last digit printed; of figures printed to the last bit, what a sum in another order may cost.
    private static void AssertPrinted(string printed, double found, string name)
    {
        var (number, exponent) = printed.Split('e') is [var digits, var power] ? (digits, int.Parse(power, CultureInfo.InvariantCulture)) : (printed, 0);
        var decimals = number.Contains('.', StringComparison.Ordinal) ? number.Length - number.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var expected = double.Parse(printed, CultureInfo.InvariantCulture);
        var unit = decimals == 0 && exponent == 0 ? 0 : Math.Pow(10, exponent - decimals);
        var allowed = Math.Max(unit / 2 * 1.0000001, Math.Abs(expected) * 1e-12);
        Assert.True(Math.Abs(found - expected) <= allowed, $"{name}: {found:R}, printed {printed}");
    }
}
